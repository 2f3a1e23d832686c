package io.sluice.samplemodels;

import static io.sluice.samplemodels.OnnxFile.with;
import static io.sluice.samplemodels.Shape.MAX_TOKENS;
import static io.sluice.samplemodels.Shape.PATCH;
import static io.sluice.samplemodels.Shape.SIDE;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** Builds CLIP's two networks from ONNX operators, as an exporter writes them. */
final class ClipTowers {
    private static final float NEVER = -Float.MAX_VALUE;

    private ClipTowers() {}

    /** Builds the network from {@code pixel_values} [batch, 3, 224, 224] to {@code image_embeds} [batch, dimension]. */
    static void vision(OnnxFile onnx, Shape shape) {
        var width = shape.visionWidth();
        var squares = (SIDE / PATCH) * (SIDE / PATCH);
        onnx.floatInput("pixel_values", batch(shape), 3, SIDE, SIDE);
        var kernel = onnx.random(1 / Math.sqrt(3 * PATCH * PATCH), width, 3, PATCH, PATCH);
        var size = new int[] {PATCH, PATCH};
        var cut = onnx.add("Conv", List.of("pixel_values", kernel), with("kernel_shape", size), with("strides", size));
        var rows = onnx.add("Reshape", List.of(cut, onnx.longs(0, width, squares)));
        var patches = onnx.add("Transpose", List.of(rows), with("perm", new int[] {0, 2, 1}));
        var count = onnx.add("Shape", List.of("pixel_values"), with("start", 0), with("end", 1));
        var summary = onnx.add(
                "Expand",
                List.of(
                        onnx.random(0.5, 1, 1, width),
                        onnx.add("Concat", List.of(count, onnx.longs(1, width)), with("axis", 0))));
        var tokens = onnx.add("Concat", List.of(summary, patches), with("axis", 1));
        var placed = onnx.add("Add", List.of(tokens, onnx.random(0.1, squares + 1, width)));
        var layers = new Transformer(onnx, width, shape.precision());
        var states = layers.norm(placed);
        for (int i = 0; i < shape.layers(); i++) {
            states = layers.layer(states, List.of());
        }
        var pooled = layers.norm(onnx.add("Gather", List.of(states, onnx.scalar(0L)), with("axis", 1)));
        project(onnx, pooled, width, "image_embeds", shape);
    }

    /**
     * Builds the network from {@code input_ids} and {@code attention_mask} [batch, tokens] to {@code text_embeds}
     * [batch, dimension].
     */
    static void text(OnnxFile onnx, Shape shape) {
        var width = shape.textWidth();
        Object length = shape.tokens() == Shape.ANY ? "sequence_length" : shape.tokens();
        onnx.longInput("input_ids", batch(shape), length);
        onnx.longInput("attention_mask", batch(shape), length);
        var count = onnx.add("Shape", List.of("input_ids"), with("start", 1), with("end", 2));
        var table = onnx.random(0.3, shape.vocabulary(), width);
        var words = onnx.add("Gather", List.of(table, "input_ids"), with("axis", 0));
        var places = onnx.random(0.1, MAX_TOKENS, width);
        var positions = onnx.add("Slice", List.of(places, onnx.longs(0), count, onnx.longs(0)));
        var states = onnx.add("Add", List.of(words, positions));
        var mask = List.of(mask(onnx, count));
        var layers = new Transformer(onnx, width, shape.precision());
        for (int i = 0; i < shape.layers(); i++) {
            states = layers.layer(states, mask);
        }
        states = layers.norm(states);
        // the end-of-text token has the highest id, so ArgMax finds its first position
        var end = onnx.add("ArgMax", List.of("input_ids"), with("axis", 1), with("keepdims", 1));
        var pooled = onnx.add("GatherND", List.of(states, end), with("batch_dims", 1));
        project(onnx, pooled, width, "text_embeds", shape);
    }

    /**
     * Builds the attention mask: 0 where a token may attend, and the most negative float where it may not, which is at
     * later tokens and at padding.
     */
    private static String mask(OnnxFile onnx, String count) {
        var later = new float[MAX_TOKENS * MAX_TOKENS];
        for (int from = 0; from < MAX_TOKENS; from++) {
            for (int to = from + 1; to < MAX_TOKENS; to++) {
                later[from * MAX_TOKENS + to] = NEVER;
            }
        }
        var square = onnx.add("Concat", List.of(count, count), with("axis", 0));
        var causal = onnx.add(
                "Slice",
                List.of(onnx.floats(later, 1, 1, MAX_TOKENS, MAX_TOKENS), onnx.longs(0, 0), square, onnx.longs(2, 3)));
        var real = onnx.add("Cast", List.of("attention_mask"), with("to", DataType.FLOAT.getNumber()));
        var inRow = onnx.add("Unsqueeze", List.of(real, onnx.longs(1, 2)));
        var absent = onnx.add("Sub", List.of(onnx.scalar(1f), inRow));
        var padding = onnx.add("Mul", List.of(absent, onnx.scalar(-1e9f)));
        return onnx.add("Max", List.of(onnx.add("Add", List.of(causal, padding)), onnx.scalar(NEVER)));
    }

    private static void project(OnnxFile onnx, String pooled, int width, String output, Shape shape) {
        var projection = onnx.random(1 / Math.sqrt(width), width, shape.dimension());
        var vectors = onnx.add("MatMul", List.of(pooled, projection));
        onnx.floatOutput(output, vectors, batch(shape), shape.dimension());
    }

    private static Object batch(Shape shape) {
        return shape.batch() == Shape.ANY ? "batch_size" : shape.batch();
    }
}
