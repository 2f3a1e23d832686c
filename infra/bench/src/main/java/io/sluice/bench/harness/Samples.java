package io.sluice.bench.harness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Observations of one quantity, and their statistics. Threads may share it. */
public final class Samples {
    private final List<Double> values = Collections.synchronizedList(new ArrayList<>());

    /** {@return these observations} */
    public static Samples of(Collection<Double> values) {
        var samples = new Samples();
        samples.values.addAll(values);
        return samples;
    }

    /** Adds an observation. */
    public void add(double value) {
        values.add(value);
    }

    /** {@return how many observations there are} */
    public int count() {
        return values.size();
    }

    /** {@return the smallest observation that at least this share of all observations do not exceed: the nearest rank} */
    public double percentile(double share) {
        if (share <= 0 || share > 1) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
        }
        var sorted = sorted();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /** {@return the observation in the middle; of two, the lower one} */
    public double median() {
        return percentile(0.5);
    }

    /** {@return the smallest} */
    public double min() {
        return sorted().getFirst();
    }

    /** {@return the largest} */
    public double max() {
        return sorted().getLast();
    }

    private List<Double> sorted() {
        List<Double> sorted;
        synchronized (values) {
            sorted = values.stream().sorted().toList();
        }
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing was observed");
        }
        return sorted;
    }
}
