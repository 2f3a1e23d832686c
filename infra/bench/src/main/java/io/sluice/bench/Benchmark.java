package io.sluice.bench;

import java.nio.file.Path;
import java.util.List;

/** One named measurement. */
interface Benchmark {
    /** {@return the name on the command line} */
    String name();

    /** {@return one line saying what it measures} */
    String description();

    /**
     * Measures.
     *
     * @param folder empty, for whatever it keeps on disk
     */
    List<Measurement> run(Path folder) throws Exception;
}
