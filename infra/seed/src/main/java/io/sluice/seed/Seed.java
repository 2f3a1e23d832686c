package io.sluice.seed;

import java.util.Random;

/**
 * Where a random test gets its numbers. The same seed gives the same numbers again, so a failure can be replayed: with
 * {@code -Dsluice.seed=N}, where N is the number that the failed test named. See {@link Seeded}.
 *
 * @param value the number to replay
 */
public record Seed(long value) {
    /** The system property that names the seed to replay. */
    public static final String PROPERTY = "sluice.seed";

    /** {@return the seed to replay if there is one, another seed at every call otherwise} */
    static Seed next() {
        return new Seed(Long.getLong(PROPERTY, new Random().nextLong()));
    }

    /** {@return the test's numbers} */
    public Random random() {
        return new Random(value);
    }

    /**
     * Numbers for one of several threads. Threads that share one source take turns in an order that no seed knows, so
     * each needs its own.
     *
     * @param thread which one
     */
    public Random random(int thread) {
        // numbers of neighboring seeds are alike at first: the second draw of a mixed seed is not
        return new Random(new Random(value + 31L * thread).nextLong());
    }

    @Override
    public String toString() {
        return "-D" + PROPERTY + "=" + value;
    }
}
