package io.sluice.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Observations of one thing, and what they come to. */
final class Samples {
    private final List<Double> values = Collections.synchronizedList(new ArrayList<>());

    void add(double value) {
        values.add(value);
    }

    int count() {
        return values.size();
    }

    /** {@return the smallest observation that at least this share of all observations do not exceed (nearest rank)} */
    double percentile(double share) {
        if (share <= 0 || share > 1) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
        }
        var sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing was observed");
        }
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    double median() {
        return percentile(0.5);
    }
}
