package io.sluice.embedder.model;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.Set;

/** How inputs of one kind get into a network. */
interface Feed<T> {
    /** {@return the input whose first dimension is the batch} */
    String main();

    /** {@return what a network of this kind may ask for} */
    Set<String> known();

    /** {@return the type of all its inputs} */
    OnnxJavaType type();

    /** {@return what such a network's vectors are called in published exports} */
    String output();

    /**
     * Fills a run's inputs.
     *
     * @param list one at least
     * @param rows of the run; those beyond the list repeat its last
     * @param inputs that the network asks for
     */
    void fill(OnnxRun run, List<T> list, int rows, Set<String> inputs);
}
