package io.sluice.embedder.bundle;

import java.util.List;
import java.util.Locale;

/** How a network's weights are kept. A bundle can have a file of each. */
public enum Precision {
    /** Floats where the bundle has them, else bytes. */
    ANY,
    /** 32-bit floats: the published vectors. */
    FP32,
    /** Bytes: three times the speed and a third of the memory, for vectors that are a little off. */
    INT8;

    /** {@return the names its file goes by, the first choice first} */
    List<String> files() {
        return switch (this) {
            case ANY -> List.of("model.onnx", "model_int8.onnx", "model_quantized.onnx");
            case FP32 -> List.of("model.onnx");
            case INT8 -> List.of("model_int8.onnx", "model_quantized.onnx");
        };
    }

    /** {@return how it is configured} */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
