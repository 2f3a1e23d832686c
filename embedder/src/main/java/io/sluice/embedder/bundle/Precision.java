package io.sluice.embedder.bundle;

import java.util.List;
import java.util.Locale;

/** The number format of a network's weights. A bundle can have a file for each. */
public enum Precision {
    /** Floats when the bundle has them, otherwise bytes. */
    ANY,
    /** 32-bit floats; they give the published vectors. */
    FP32,
    /** Bytes; three times as fast in a third of the memory, but the vectors differ a little from the published ones. */
    INT8;

    /** {@return the possible names of its file, the preferred one first} */
    List<String> files() {
        return switch (this) {
            case ANY -> List.of("model.onnx", "model_int8.onnx", "model_quantized.onnx");
            case FP32 -> List.of("model.onnx");
            case INT8 -> List.of("model_int8.onnx", "model_quantized.onnx");
        };
    }

    /** {@return its value in the configuration} */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
