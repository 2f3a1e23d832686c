package io.sluice.embedder.model;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.Set;

/** Writes inputs of one kind, texts or pictures, into the input tensors of a network. */
interface Feed<T> {
    /** {@return the name of the input whose first dimension is the batch} */
    String main();

    /** {@return the names of all inputs that a network of this kind may have} */
    Set<String> known();

    /** {@return the type of all its inputs} */
    OnnxJavaType type();

    /** {@return the name of the output with the vectors in published exports} */
    String output();

    /**
     * Fills a run's inputs.
     *
     * @param list at least one input
     * @param rows the number of rows of the run; rows beyond the list repeat its last input
     * @param inputs the names of the inputs that the network has
     */
    void fill(OnnxRun run, List<T> list, int rows, Set<String> inputs);
}
