package io.sluice.bench.harness;

/** One named measurement. */
public interface Benchmark {
    /** {@return its name on the command line} */
    String name();

    /** {@return one line about what it measures} */
    String description();

    /** Measures, and gives each figure to the session at once. An exception ends the benchmark. */
    void run(Session session) throws Exception;
}
