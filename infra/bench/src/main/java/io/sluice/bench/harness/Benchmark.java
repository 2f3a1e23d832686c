package io.sluice.bench.harness;

/** One named measurement. */
public interface Benchmark {
    /** {@return the name on the command line} */
    String name();

    /** {@return one line saying what it measures} */
    String description();

    /** Measures, and gives the session each figure as soon as it is known; what goes wrong ends the benchmark. */
    void run(Session session) throws Exception;
}
