package io.sluice.embedder.compute;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of work that wait for a thread, and which of them is next. Within a lane they are in order. Queries are
 * before all others. Of the other lanes the one that has used the least time is next, so lanes that always have work
 * get the same time, however long their pieces are. A lane that had no work saves nothing up: it is next at once, and
 * shares from then on.
 *
 * <p>How long a piece takes is known when it has ended. Until then it counts as long as the lane's pieces usually do.
 */
final class LaneQueue<P> {
    /** How much the latest piece counts in what is usual for its lane. */
    private static final double LATEST = 0.25;

    private final Map<Lane, Share<P>> shares = new EnumMap<>(Lane.class);
    /** The time used by the lane of the latest piece, when that piece began. */
    private double now;

    LaneQueue() {
        for (var lane : Lane.values()) {
            shares.put(lane, new Share<>());
        }
    }

    private static final class Share<P> {
        private final Queue<P> waiting = new ArrayDeque<>();
        private double used;
        private double usual;
    }

    /** A piece that is next. {@code charged} is what it counts for until it has ended. */
    record Turn<P>(P piece, Lane lane, double charged) {}

    synchronized void add(Lane lane, P piece) {
        var share = share(lane);
        if (share.waiting.isEmpty()) {
            share.used = Math.max(share.used, now);
        }
        share.waiting.add(piece);
    }

    /** {@return the next piece; null when none waits} */
    synchronized @Nullable Turn<P> next() {
        var lane = nextLane();
        if (lane == null) {
            return null;
        }
        var share = share(lane);
        if (lane != Lane.QUERY) {
            now = Math.max(now, share.used);
        }
        share.used += share.usual;
        return new Turn<>(share.waiting.remove(), lane, share.usual);
    }

    private @Nullable Lane nextLane() {
        if (!share(Lane.QUERY).waiting.isEmpty()) {
            return Lane.QUERY;
        }
        return shares.entrySet().stream()
                .filter(entry -> !entry.getValue().waiting.isEmpty())
                .min(Comparator.comparingDouble(entry -> entry.getValue().used))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Corrects what a piece counts for, when it has ended. */
    synchronized void ended(Turn<P> turn, Duration took) {
        var share = share(turn.lane());
        share.used += took.toNanos() - turn.charged();
        share.usual += LATEST * (took.toNanos() - share.usual);
    }

    /** {@return whether the piece waited; it does no longer} */
    synchronized boolean remove(Lane lane, P piece) {
        return share(lane).waiting.remove(piece);
    }

    /** {@return all pieces that wait; they do no longer} */
    synchronized List<P> drain() {
        var drained = new ArrayList<P>();
        shares.values().forEach(share -> {
            drained.addAll(share.waiting);
            share.waiting.clear();
        });
        return drained;
    }

    private Share<P> share(Lane lane) {
        return Objects.requireNonNull(shares.get(lane));
    }
}
