package io.sluice.samplemodels;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sluice.samplemodels.Shape.Precision;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipBundleTest {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    @TempDir
    Path folder;

    @Test
    void aBundleHasTheFilesAndNamesOfPublishedOnes() throws Exception {
        ClipBundle.write(folder, Shape.small(), 42);

        assertThat(folder.resolve("preprocessor_config.json")).isRegularFile();
        assertThat(folder.resolve("tokenizer.json")).isRegularFile();
        try (var vision = RUNTIME.createSession(
                        folder.resolve("vision/model.onnx").toString());
                var text =
                        RUNTIME.createSession(folder.resolve("text/model.onnx").toString())) {
            assertThat(vision.getInputNames()).containsExactly("pixel_values");
            assertThat(shape(vision, "pixel_values")).containsExactly(-1, 3, 224, 224);
            assertThat(vision.getOutputNames()).containsExactly("image_embeds");
            assertThat(text.getInputNames()).containsExactly("input_ids", "attention_mask");
            assertThat(shape(text, "input_ids")).containsExactly(-1, -1);
            assertThat(text.getOutputNames()).containsExactly("text_embeds");
        }
    }

    @Test
    void everyShapeRunsAndGivesVectorsOfItsDimension() throws Exception {
        for (var shape : new Shape[] {
            Shape.small(),
            Shape.small().withDimension(768),
            Shape.small().withBatch(2).withTokens(77),
            Shape.small().withPrecision(Precision.INT8),
            Shape.small().withVocabulary(600),
        }) {
            ClipBundle.write(folder, shape, 42);
            var file = shape.precision().file();
            try (var vision = RUNTIME.createSession(
                            folder.resolve("vision").resolve(file).toString());
                    var text = RUNTIME.createSession(
                            folder.resolve("text").resolve(file).toString())) {
                assertThat(image(vision)).as("%s", shape).hasDimensions(2, shape.dimension());
                assertThat(text(text, 77)).as("%s", shape).hasDimensions(2, shape.dimension());
            }
        }
    }

    @Test
    void whatIsDifferentGetsDifferentVectors() throws Exception {
        ClipBundle.write(folder, Shape.small(), 42);

        try (var text = RUNTIME.createSession(folder.resolve("text/model.onnx").toString())) {
            var vectors = text(text, 5);
            assertThat(vectors[0]).isNotEqualTo(vectors[1]);
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        ClipBundle.write(folder.resolve("a"), Shape.small(), 42);
        ClipBundle.write(folder.resolve("b"), Shape.small(), 42);
        ClipBundle.write(folder.resolve("c"), Shape.small(), 43);

        for (var file : new String[] {"vision/model.onnx", "text/model.onnx"}) {
            assertThat(folder.resolve("a").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
            assertThat(Files.mismatch(
                            folder.resolve("a").resolve(file),
                            folder.resolve("c").resolve(file)))
                    .isNotNegative();
        }
    }

    private static long[] shape(OrtSession session, String input) throws OrtException {
        return ((TensorInfo) Objects.requireNonNull(session.getInputInfo().get(input))
                        .getInfo())
                .getShape();
    }

    private static float[][] image(OrtSession vision) throws OrtException {
        var pixels = FloatBuffer.allocate(2 * 3 * 224 * 224);
        try (var input = OnnxTensor.createTensor(RUNTIME, pixels, new long[] {2, 3, 224, 224});
                var result = vision.run(Map.of("pixel_values", input))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    private static float[][] text(OrtSession text, int length) throws OrtException {
        var ids = LongBuffer.allocate(2 * length);
        var mask = LongBuffer.allocate(2 * length);
        for (int i = 0; i < 2 * length; i++) {
            ids.put(i, i % length == 4 ? 513 : i);
            mask.put(i, i % length <= 4 ? 1 : 0);
        }
        var shape = new long[] {2, length};
        try (var tokens = OnnxTensor.createTensor(RUNTIME, ids, shape);
                var real = OnnxTensor.createTensor(RUNTIME, mask, shape);
                var result = text.run(Map.of("input_ids", tokens, "attention_mask", real))) {
            return (float[][]) result.get(0).getValue();
        }
    }
}
