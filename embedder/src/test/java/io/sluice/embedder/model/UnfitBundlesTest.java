package io.sluice.embedder.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxJavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.embedder.bundle.Bundle;
import io.sluice.embedder.bundle.Precision;
import io.sluice.embedder.bundle.UnusableModelException;
import io.sluice.embedder.model.WordPieces.Tokens;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles whose parts do not belong together: the start refuses each with one sentence. */
class UnfitBundlesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @TempDir
    Path other;

    @BeforeEach
    void write() {
        ClipBundle.write(folder, Shape.small(), 42);
    }

    @Test
    void aFileThatIsNotANetwork() throws IOException {
        Files.write(folder.resolve("vision/model.onnx"), new byte[5_000]);

        refused().contains("vision/model.onnx cannot be loaded as an ONNX network", "copy or pull the file again");
    }

    @ParameterizedTest
    @CsvSource({"514, 20000", "20000, 514"})
    void aTokenizerOfAnotherSize(int ids, int foreignIds) throws IOException {
        ClipBundle.write(folder, Shape.small().withVocabulary(ids), 42);
        take(Shape.small().withVocabulary(foreignIds), "tokenizer.json");

        refused()
                .contains("tokenizer.json has ids up to " + (foreignIds - 1))
                .endsWith("a table of another size: copy the tokenizer.json that belongs to the network");
    }

    @Test
    void networksOfDifferentDimensions() throws IOException {
        take(Shape.small().withDimension(768), "text/model.onnx");

        refused().contains("makes vectors of 512 dimensions from pictures and of 768 from texts");
    }

    @Test
    void aNetworkOfAnotherKind() throws IOException {
        Files.copy(
                folder.resolve("text/model.onnx"),
                folder.resolve("vision/model.onnx"),
                StandardCopyOption.REPLACE_EXISTING);

        refused()
                .contains("vision/model.onnx takes attention_mask, input_ids, where a network of this kind takes"
                        + " pixel_values");
    }

    @Test
    void aPreprocessingOfAnotherModel() throws IOException {
        var file = folder.resolve("preprocessor_config.json");
        Files.writeString(file, Files.readString(file).replace("224", "336"));

        refused().contains("takes pictures of 224 pixels a side, and preprocessor_config.json makes them 336");
    }

    @Test
    void aTokenizerWithoutStartAndEndTokens() throws IOException {
        var file = folder.resolve("tokenizer.json");
        var json = (ObjectNode) JSON.readTree(file.toFile());
        JSON.writeValue(file.toFile(), json.putNull("post_processor"));

        refused().contains("tokenizer.json adds no start and no end token to a text");
    }

    @Test
    void longerTextsThanTheNetworkHasPositionsFor() throws IOException {
        var file = folder.resolve("tokenizer.json");
        var json = (ObjectNode) JSON.readTree(file.toFile());
        JSON.writeValue(file.toFile(), json.putNull("truncation"));
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 512}");

        refused().contains("cuts texts at 512 tokens", "does not take as many", "77 for CLIP");
    }

    @Test
    void aNetworkThatTakesNumbersOfAnotherType() {
        var bundle = Bundle.open(folder, "clip", Precision.ANY);

        try (var session = OnnxSession.fromFile(bundle.text(), Provider.CPU)) {
            assertThatThrownBy(() -> new Tower<>(
                            bundle.text(), session, new Floats(new TextFeed(0, 0)), List.of(), "tokenizer.json"))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining("as INT64, where a network of this kind has FLOAT");
        }
    }

    @Test
    void inputsThatTheNetworkDoesNotAccept() {
        var bundle = Bundle.open(folder, "clip", Precision.ANY);
        var beyond = WordPieces.single(1_000_000);

        try (var session = OnnxSession.fromFile(bundle.text(), Provider.CPU)) {
            assertThatThrownBy(() -> new Tower<>(
                            bundle.text(),
                            session,
                            new TextFeed(0, 0),
                            List.of(beyond, beyond, beyond),
                            "tokenizer.json"))
                    .isInstanceOf(UnusableModelException.class)
                    .hasNoCause()
                    .hasMessageContaining("text/model.onnx cannot be run with what tokenizer.json says (")
                    .hasMessageEndingWith("): copy the tokenizer.json that belongs to the network");
        }
    }

    /** The same feed, with floats as the type of the inputs. */
    private record Floats(TextFeed feed) implements Feed<Tokens> {
        @Override
        public String main() {
            return feed.main();
        }

        @Override
        public Set<String> known() {
            return feed.known();
        }

        @Override
        public OnnxJavaType type() {
            return OnnxJavaType.FLOAT;
        }

        @Override
        public String output() {
            return feed.output();
        }

        @Override
        public void fill(OnnxRun run, List<Tokens> list, int rows, Set<String> inputs) {
            feed.fill(run, list, rows, inputs);
        }
    }

    @Test
    void aProviderThatTheRuntimeDoesNotHave() {
        var bundle = Bundle.open(folder, "clip", Precision.ANY);

        assertThatThrownBy(() -> ClipModel.load(bundle, Provider.CUDA))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .startsWith("EMBEDDER_PROVIDER is cuda, and the ONNX Runtime on the class path runs on processors only")
                .doesNotContain("\n");
    }

    private AbstractStringAssert<?> refused() {
        return assertThatThrownBy(() -> ClipModel.load(Bundle.open(folder, "clip", Precision.ANY), Provider.CPU))
                .isInstanceOf(UnusableModelException.class)
                .hasNoCause()
                .message()
                .doesNotContain("\n");
    }

    /** Replaces a file with the file of another model. */
    private void take(Shape shape, String file) throws IOException {
        ClipBundle.write(other, shape, 42);
        Files.copy(other.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
