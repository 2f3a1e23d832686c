package io.sluice.embedder.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import io.sluice.embedder.bundle.UnusableModelException;

/** The hardware that networks run on. */
public enum Provider {
    /** The cores of the CPU, one for each run. */
    CPU,
    /**
     * An NVIDIA graphics card. It needs CUDA, cuDNN, and {@code onnxruntime_gpu} instead of {@code onnxruntime} on the
     * class path.
     */
    CUDA;

    private static final int FIRST_CARD = 0;

    /**
     * Sets the options so that sessions run on this hardware.
     *
     * @throws UnusableModelException when this hardware is not available
     */
    void applyTo(OrtSession.SessionOptions options) throws OrtException {
        switch (this) {
            case CPU -> {
                // always available, needs no option
            }
            case CUDA -> {
                if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
                    throw new UnusableModelException("EMBEDDER_PROVIDER is cuda, and the ONNX Runtime on the class path"
                            + " runs on processors only: build with onnxruntime_gpu as docs/guide/models.md says, or set"
                            + " EMBEDDER_PROVIDER to cpu");
                }
                try {
                    options.addCUDA(FIRST_CARD);
                } catch (OrtException e) {
                    throw new UnusableModelException(
                            "EMBEDDER_PROVIDER is cuda, and CUDA does not start ("
                                    + OnnxSession.firstLine(e)
                                    + "): install the CUDA and cuDNN that this ONNX Runtime wants, or set EMBEDDER_PROVIDER to cpu",
                            e);
                }
            }
        }
    }

    /**
     * {@return a suffix of the model's revision; graphics cards round differently, so their vectors are cached
     * separately}
     */
    String revision() {
        return switch (this) {
            case CPU -> "";
            case CUDA -> "/cuda";
        };
    }
}
