package io.fanwire.node.drain;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.lane.Timer;
import io.fanwire.node.session.Sessions;
import io.fanwire.protocol.CloseReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the clients of a node go in paced, jittered waves, so that they don't all come to the other nodes at once. All
 * state is owned by the loop; every public method may be called from any thread and returns at once.
 */
public final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    // For goodbyes that can't wait: clients are cut after this, and the last are gone a second later.
    private static final Duration HURRY = Duration.ofSeconds(1);
    // After the cut nobody is waited for any longer than this.
    private static final Duration CUT = Duration.ofSeconds(2);

    /** The longest that {@link #hurry} can take, until nobody is left. */
    public static final Duration HURRY_LIMIT = HURRY.plus(CUT);

    private final EventLoop loop;
    private final NanoClock clock;
    private final DrainConfig config;
    private final Sessions sessions;
    private final Door door;
    private final RandomGenerator random;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Timer timer = Timer.of(this::tick);
    private Waves waves;
    private long startsAt;
    private boolean forGood;
    private boolean cut;
    private volatile DrainState state = DrainState.SERVING;
    private volatile long cutAt;

    /** @param clock the loop's */
    public Drain(
            EventLoop loop, NanoClock clock, DrainConfig config, Sessions sessions, Door door, RandomGenerator random) {
        this.loop = loop;
        this.clock = clock;
        this.config = config;
        this.sessions = sessions;
        this.door = door;
        this.random = random;
        this.waves = new Waves(0, Duration.ZERO, 0, random);
    }

    /** The longest that it can take, until nobody is left. */
    public static Duration limit(DrainConfig config) {
        return config.delay().plus(config.duration()).plus(config.grace()).plus(CUT);
    }

    /** Begins; does nothing if it has begun. Completes with the state that it comes to, on the loop. */
    public CompletionStage<DrainState> drain() {
        return inLoop(this::begin);
    }

    /** Begins, if it has not, and can't be taken back. Completes when nobody is left, on the loop. */
    public CompletionStage<Void> drainForGood() {
        loop.execute(() -> {
            forGood = true;
            begin();
            if (state == DrainState.DRAINED) gone.complete(null);
        });
        return gone;
    }

    /** Begins, if it has not, and takes two seconds at most from now on. */
    public void hurry() {
        loop.execute(() -> {
            begin();
            hurryUp();
        });
    }

    /**
     * Lets clients in again; those that were told to go, go. Does nothing where the drain is {@link #drainForGood}.
     * Completes with the state that it comes to, on the loop.
     */
    public CompletionStage<DrainState> resume() {
        return inLoop(this::serve);
    }

    public DrainState state() {
        return state;
    }

    /** Whether it has begun. */
    public boolean isDraining() {
        return state != DrainState.SERVING;
    }

    /** Clients that are still there while it drains; else 0. */
    public long left() {
        return isDraining() ? sessions.stats().sessions() : 0;
    }

    /** Until whoever is left then is cut; zero while it does not drain, and afterwards. */
    public Duration timeLeft() {
        long nanos = isDraining() ? cutAt - clock.nanoTime() : 0;
        return nanos > 0 && state != DrainState.DRAINED ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    private CompletionStage<DrainState> inLoop(Runnable move) {
        return CompletableFuture.runAsync(move, loop).thenApply(done -> state);
    }

    private void serve() {
        if (forGood || state == DrainState.SERVING) return;
        timer.cancel();
        move(DrainState.SERVING);
        door.refuse(false);
    }

    private void begin() {
        if (state != DrainState.SERVING) return;
        startsAt = loop.freshNow() + config.delay().toNanos();
        cutAt = startsAt + config.duration().plus(config.grace()).toNanos();
        cut = false;
        move(DrainState.DELAY);
        door.refuse(true);
        tick();
    }

    private void hurryUp() {
        long now = loop.freshNow();
        startsAt = Math.min(startsAt, now);
        waves = new Waves(now, Duration.ZERO, 0, random);
        cutAt = Math.min(cutAt, now + HURRY.toNanos());
        if (state == DrainState.DELAY) move(DrainState.LEAVING);
        timer.cancel();
        tick();
    }

    private void tick() {
        long now = loop.freshNow();
        if (state == DrainState.DELAY && now >= startsAt) startWaves(now);
        if (isDraining() && state != DrainState.DELAY) wave(now);
        loop.schedule(timer, nextTick(now));
    }

    private long nextTick(long now) {
        long pace = Waves.PACE.toNanos();
        return state == DrainState.DELAY ? Math.min(pace, startsAt - now) : pace;
    }

    private void startWaves(long now) {
        waves = new Waves(now, config.duration(), sessions.alive(), random);
        cutAt = waves.endsAt() + config.grace().toNanos();
        move(DrainState.LEAVING);
    }

    // Goes on when nobody is left: the last that were let in may only come now.
    private void wave(long now) {
        int leaving = waves.next(now, sessions.alive());
        if (leaving > 0) sessions.leave(leaving, CloseReason.SERVICE_RESTART);
        if (now >= cutAt) cutAll();
        boolean over = sessions.stats().sessions() == 0 || now >= cutAt + CUT.toNanos();
        if (over && state == DrainState.LEAVING) end();
    }

    private void cutAll() {
        if (!cut) LOG.info("{} clients are cut", sessions.stats().sessions());
        cut = true;
        sessions.closeAll(CloseReason.SERVICE_RESTART);
    }

    private void end() {
        move(DrainState.DRAINED);
        if (forGood) gone.complete(null);
    }

    private void move(DrainState next) {
        if (!state.allows(next)) throw new IllegalStateException(state + " to " + next);
        LOG.info("drain: {}, {} clients", next, sessions.stats().sessions());
        state = next;
    }
}
