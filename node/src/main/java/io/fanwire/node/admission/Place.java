package io.fanwire.node.admission;

import org.jspecify.annotations.Nullable;

/**
 * One TCP connection's share of what is limited, from when it was accepted until it is closed. It belongs to the socket
 * and not to the WebSocket: a handshake may be let in and then never become one, because the client is gone by then.
 * Any thread; each method takes effect once.
 */
public final class Place {
    private final Admission admission;
    private final @Nullable String peer;
    private PlaceState state = PlaceState.PENDING;
    private @Nullable String address;
    private @Nullable Runnable cut;

    Place(Admission admission, @Nullable String peer) {
        this.admission = admission;
        this.peer = peer;
    }

    /**
     * Tells how its socket is closed if it has to make room: from now on, or at once if it had to already.
     *
     * @param cut called at most once, by any thread, which holds no lock
     */
    public void onCut(Runnable cut) {
        synchronized (this) {
            if (state.isWaiting()) this.cut = cut;
            if (state != PlaceState.CUT) return;
        }
        cut.run();
    }

    /** Makes room for a newcomer, if it still waits. */
    void makeRoom() {
        Runnable known;
        synchronized (this) {
            if (!state.isWaiting()) return;
            // Who was answered is counted already, for another reason.
            if (state == PlaceState.PENDING) admission.drop(Drop.PENDING_FULL);
            state = PlaceState.CUT;
            admission.notPending();
            admission.notPendingOf(peer);
            known = forgetCut();
        }
        // Where it is null, the socket is on its way to its selector, and will be told there.
        if (known != null) known.run();
    }

    /**
     * Decides about the handshake, once.
     *
     * @param client the address that it counts for
     */
    public synchronized Verdict admit(String client) {
        // Cut while it was read: nobody gets the answer, and nothing may be counted that nobody gives back.
        if (state != PlaceState.PENDING) return Verdict.refused(Refusal.OVERLOADED);
        Verdict verdict = admission.decide(client);
        boolean accepted = verdict.refusal() == null;
        state = accepted ? PlaceState.ADMITTED : PlaceState.ANSWERED;
        if (accepted) {
            address = client;
            // It counts among the address' connections now, before the client knows.
            admission.notPendingOf(peer);
            admission.notWaiting(this);
            forgetCut();
        }
        return verdict;
    }

    /** It is answered with an error that does not depend on who else is there. */
    public synchronized void refuse(Refusal reason) {
        if (state != PlaceState.PENDING) return;
        state = PlaceState.ANSWERED;
        admission.refused(reason);
    }

    /** The handshake is over: it is a WebSocket now. */
    public synchronized void opened() {
        if (state != PlaceState.ADMITTED) return;
        state = PlaceState.OPEN;
        admission.notPending();
    }

    /** The time for the handshake is over. */
    public synchronized boolean isLate() {
        if (!state.isPending()) return false;
        if (state != PlaceState.ANSWERED) admission.drop(Drop.HANDSHAKE_TIMEOUT);
        return true;
    }

    /** The socket is closed. */
    public synchronized void release() {
        if (state == PlaceState.GONE) return;
        if (state != PlaceState.CUT) giveBack();
        admission.gone();
        state = PlaceState.GONE;
    }

    private void giveBack() {
        if (state.isWaiting()) admission.notWaiting(this);
        forgetCut();
        if (state.isPending()) admission.notPending();
        if (address == null) admission.notPendingOf(peer);
        else admission.left(address);
    }

    private @Nullable Runnable forgetCut() {
        Runnable known = cut;
        cut = null;
        return known;
    }
}
