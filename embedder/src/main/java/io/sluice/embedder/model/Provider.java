package io.sluice.embedder.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import io.sluice.embedder.bundle.UnusableModelException;

/** What networks run on. */
public enum Provider {
    /** The processor's cores, one for each run. */
    CPU,
    /** An NVIDIA card; wants {@code onnxruntime_gpu} instead of {@code onnxruntime} on the class path, CUDA and cuDNN. */
    CUDA;

    private static final int FIRST_CARD = 0;

    /** Has the sessions that are made with the options run here. */
    void applyTo(OrtSession.SessionOptions options) throws OrtException {
        switch (this) {
            case CPU -> {
                // always there
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

    /** {@return what vectors made here are kept under: cards round in other places than processors} */
    String revision() {
        return switch (this) {
            case CPU -> "";
            case CUDA -> "/cuda";
        };
    }
}
