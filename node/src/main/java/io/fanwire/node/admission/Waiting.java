package io.fanwire.node.admission;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places that may have to make room for newcomers, in the order in which they came. Any thread. */
final class Waiting {
    private final Set<Place> places = new LinkedHashSet<>();

    synchronized void add(Place place) {
        places.add(place);
    }

    synchronized void remove(Place place) {
        places.remove(place);
    }

    /** Takes out the one that waits the longest; null if nobody does. */
    synchronized @Nullable Place takeOldest() {
        Iterator<Place> oldest = places.iterator();
        if (!oldest.hasNext()) return null;
        Place taken = oldest.next();
        oldest.remove();
        return taken;
    }

    synchronized int size() {
        return places.size();
    }
}
