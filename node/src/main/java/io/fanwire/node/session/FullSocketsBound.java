package io.fanwire.node.session;

import java.util.function.BooleanSupplier;

/**
 * How many clients may leave their sockets full at the same time.
 *
 * @param max who is beyond it may have to go
 * @param matters whether they have to now: asked by every lane's thread, at most some hundred times a second, and only
 *     while there are more than {@code max}
 */
public record FullSocketsBound(int max, BooleanSupplier matters) {
    /** For any number. */
    public static final FullSocketsBound NONE = new FullSocketsBound(Integer.MAX_VALUE, () -> false);

    /** One that always matters. */
    public static FullSocketsBound of(int max) {
        return new FullSocketsBound(max, () -> true);
    }

    /** What each of so many lanes may have. */
    public FullSocketsBound sharedBy(int lanes) {
        return new FullSocketsBound(Math.max(1, max / lanes), matters);
    }
}
