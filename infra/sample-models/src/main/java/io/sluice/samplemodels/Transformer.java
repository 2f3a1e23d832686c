package io.sluice.samplemodels;

import static io.sluice.samplemodels.OnnxFile.with;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.sluice.samplemodels.Shape.Precision;
import java.util.List;

/**
 * Builds the transformer layers of both towers. A layer is attention over all tokens, then two matrix products on each
 * token.
 */
final class Transformer {
    /** The constant in CLIP's activation function (QuickGELU), x * sigmoid(1.702 x). */
    private static final float STEP = 1.702f;

    private final OnnxFile onnx;
    private final int width;
    private final Precision precision;

    Transformer(OnnxFile onnx, int width, Precision precision) {
        this.onnx = onnx;
        this.width = width;
        this.precision = precision;
    }

    /**
     * {@return the output of one layer over [batch, tokens, width]; the mask, if any, is added to the attention scores}
     */
    String layer(String states, List<String> mask) {
        var deviation = 1 / Math.sqrt(width);
        var attended = onnx.add("Add", List.of(states, attention(norm(states), mask)));
        var wide = step(linear(norm(attended), width, 4 * width, deviation));
        return onnx.add("Add", List.of(attended, linear(wide, 4 * width, width, deviation / 2)));
    }

    String norm(String states) {
        var scale = onnx.same(1, width);
        var shift = onnx.random(0.02, width);
        return onnx.add("LayerNormalization", List.of(states, scale, shift), with("axis", -1), with("epsilon", 1e-5f));
    }

    private String attention(String states, List<String> mask) {
        var heads = Shape.heads(width);
        var depth = width / heads;
        var deviation = 1 / Math.sqrt(width);
        var queries = onnx.add(
                "Mul", List.of(linear(states, width, width, deviation), onnx.scalar((float) (1 / Math.sqrt(depth)))));
        var keys = split(linear(states, width, width, deviation), heads, depth, 0, 2, 3, 1);
        var values = split(linear(states, width, width, deviation), heads, depth, 0, 2, 1, 3);
        var scores = onnx.add("MatMul", List.of(split(queries, heads, depth, 0, 2, 1, 3), keys));
        for (var some : mask) {
            scores = onnx.add("Add", List.of(scores, some));
        }
        var weights = onnx.add("Softmax", List.of(scores), with("axis", -1));
        var mixed = onnx.add("MatMul", List.of(weights, values));
        var joined = onnx.add("Transpose", List.of(mixed), with("perm", new int[] {0, 2, 1, 3}));
        var rows = onnx.add("Reshape", List.of(joined, onnx.longs(0, -1, width)));
        return linear(rows, width, width, deviation);
    }

    private String split(String states, int heads, int depth, int... order) {
        var split = onnx.add("Reshape", List.of(states, onnx.longs(0, -1, heads, depth)));
        return onnx.add("Transpose", List.of(split), with("perm", order));
    }

    private String step(String x) {
        var sigmoid = onnx.add("Sigmoid", List.of(onnx.add("Mul", List.of(x, onnx.scalar(STEP)))));
        return onnx.add("Mul", List.of(x, sigmoid));
    }

    private String linear(String x, int in, int out, double deviation) {
        var product = switch (precision) {
            case FLOAT -> onnx.add("MatMul", List.of(x, onnx.random(deviation, in, out)));
            case INT8 -> quantized(x, in, out, deviation);
        };
        return onnx.add("Add", List.of(onnx.random(0.01, out), product));
    }

    /**
     * Builds a product as ONNX Runtime's dynamic quantization does: multiplies 8-bit integers, then multiplies the
     * result by the scales of both factors.
     */
    private String quantized(String x, int in, int out, double deviation) {
        // a sum of four uniform numbers is never more than 2 * sqrt(3) standard deviations from its mean
        var scale = 2 * Math.sqrt(3) / 127;
        var weights = new byte[in * out];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.round(onnx.draw() / scale);
        }
        var parts = onnx.add("DynamicQuantizeLinear", List.of(x), 3);
        var product = onnx.add(
                "MatMulInteger",
                List.of(parts.get(0), onnx.int8(weights, in, out), parts.get(2), onnx.int8(new byte[1])));
        var real = onnx.add("Cast", List.of(product), with("to", DataType.FLOAT.getNumber()));
        var scales = onnx.add("Mul", List.of(parts.get(1), onnx.scalar((float) (scale * deviation))));
        return onnx.add("Mul", List.of(real, scales));
    }
}
