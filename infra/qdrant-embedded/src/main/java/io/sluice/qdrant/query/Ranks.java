package io.sluice.qdrant.query;

import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.protocol.Rejection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Fuses rankings by reciprocal rank. The scores of the rankings do not matter. */
final class Ranks {
    /** Qdrant's default, which gives the first ranks more weight than the 60 of the paper on reciprocal rank fusion. */
    static final long DEFAULT_K = 2;

    private static final Comparator<Hit> BEST_FIRST = Comparator.comparing(Hit::score, Comparator.reverseOrder())
            .thenComparing(hit -> hit.point().key());

    private Ranks() {}

    /**
     * {@return every point of the rankings once, with the sum of its reciprocal ranks}
     *
     * @param weights one for each ranking, or none
     */
    static List<Hit> fuse(List<List<Hit>> rankings, long k, List<Float> weights) {
        if (!weights.isEmpty() && weights.size() != rankings.size()) {
            throw Rejection.wrongInput(
                    "Number of weights in RRF should match number of pre-fetches: got %d, expected %d"
                            .formatted(weights.size(), rankings.size()));
        }
        var fused = new HashMap<PointKey, Hit>();
        for (int i = 0; i < rankings.size(); i++) {
            float weight = weights.isEmpty() ? 1 : weights.get(i);
            var ranking = rankings.get(i);
            for (int rank = 0; rank < ranking.size(); rank++) {
                var point = ranking.get(rank).point();
                fused.merge(point.key(), new Hit(point, reciprocal(rank, k, weight)), Ranks::sum);
            }
        }
        return fused.values().stream().sorted(BEST_FIRST).toList();
    }

    private static Hit sum(Hit one, Hit other) {
        return new Hit(one.point(), one.score() + other.score());
    }

    /** Returns 1 / (rank + k) for weight 1. With weight w, a rank (counted from 1) is divided by w first. */
    private static float reciprocal(int rank, long k, float weight) {
        return weight <= 0 ? 0 : 1 / ((rank + 1) / weight + k - 1);
    }
}
