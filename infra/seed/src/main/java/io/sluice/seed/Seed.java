package io.sluice.seed;

import java.util.Random;

/**
 * The source of a random test's numbers. The same seed gives the same numbers again. So {@code -Dsluice.seed=N} replays
 * a failure, where N is the number that the failed test printed. See {@link Seeded}.
 *
 * @param value the number that replays the test
 */
public record Seed(long value) {
    /** The system property that names the seed to replay. */
    public static final String PROPERTY = "sluice.seed";

    /** {@return the seed to replay when the property is set; otherwise a new seed at every call} */
    static Seed next() {
        return new Seed(Long.getLong(PROPERTY, new Random().nextLong()));
    }

    /** {@return a new source of the test's numbers} */
    public Random random() {
        return new Random(value);
    }

    /**
     * Returns a source of numbers for one of several threads. Threads that shared one source would take numbers in an
     * order that differs from run to run.
     *
     * @param thread the number of the thread
     */
    public Random random(int thread) {
        // the first numbers of neighboring seeds are alike, so each thread's seed is itself drawn at random
        return new Random(new Random(value + 31L * thread).nextLong());
    }

    @Override
    public String toString() {
        return "-D" + PROPERTY + "=" + value;
    }
}
