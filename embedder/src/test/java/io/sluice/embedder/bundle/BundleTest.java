package io.sluice.embedder.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedder.bundle.BundleLock.Locked;
import io.sluice.embedder.bundle.BundleLock.Vouched;
import io.sluice.pictures.resize.Framing.Transparency;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        ClipBundle.write(folder, Shape.small(), 42);
    }

    @Test
    void readsTheFactsThatFeedingTheNetworksNeeds() {
        var bundle = Bundle.open(folder, "clip", Precision.ANY);

        assertThat(bundle.preprocessing().framing().side()).isEqualTo(224);
        assertThat(bundle.tokenizer().highestId()).isEqualTo(513);
        assertThat(bundle.tokenizer().maxTokens()).isEqualTo(77);
    }

    @Test
    void acceptsTheFoldersOfSeparateExports() throws IOException {
        move("vision/model.onnx", "clip-ViT-B-32-vision/model.onnx");
        move("preprocessor_config.json", "clip-ViT-B-32-vision/preprocessor_config.json");
        move("text/model.onnx", "clip-ViT-B-32-text/model.onnx");
        move("tokenizer.json", "clip-ViT-B-32-text/tokenizer.json");
        Files.writeString(
                folder.resolve("clip-ViT-B-32-text/tokenizer_config.json"),
                "{\"model_max_length\": 40, \"pad_token\": {\"content\": \"<|endoftext|>\"}}");

        var bundle = Bundle.open(folder, "clip", Precision.ANY);

        assertThat(bundle.vision()).isEqualTo(folder.resolve("clip-ViT-B-32-vision/model.onnx"));
        assertThat(bundle.tokenizer().maxTokens()).isEqualTo(40);
        assertThat(bundle.tokenizer().padId()).isEqualTo(513);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vision/model.onnx",
                "text/model.onnx",
                "tokenizer.json",
                "tokenizer_config.json",
                "preprocessor_config.json",
            })
    void anExtraByteInAnyFileMakesAnotherModel(String file) throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
        var before = Bundle.open(folder, "clip", Precision.ANY).sha256();

        Files.write(folder.resolve(file), new byte[] {' '}, StandardOpenOption.APPEND);

        assertThat(Bundle.open(folder, "clip", Precision.ANY).sha256()).isNotEqualTo(before);
    }

    @Test
    void weightsInASeparateFileChangeTheHash() throws IOException {
        var without = Bundle.open(folder, "clip", Precision.ANY).sha256();

        Files.writeString(folder.resolve("vision/model.onnx_data"), "weights");

        assertThat(Bundle.open(folder, "clip", Precision.ANY).sha256()).isNotEqualTo(without);
    }

    @Test
    void int8WeightsBesideFp32AreAModelWithItsOwnName() throws IOException {
        var found = new ModelLibrary.Found("clip", folder, Optional.empty());
        ClipBundle.write(folder, Shape.small().withPrecision(Shape.Precision.INT8), 42);
        assertThat(found.open(Precision.INT8).name()).isEqualTo("clip-int8");
        assertThat(found.open(Precision.ANY).name()).isEqualTo("clip");

        Files.delete(folder.resolve("vision/model.onnx"));
        assertThat(found.open(Precision.INT8).name()).isEqualTo("clip");
    }

    @Test
    void acceptsAnExportWithBothNetworksInOneFolder() throws IOException {
        move("vision/model.onnx", "onnx/vision_model_quantized.onnx");
        move("text/model.onnx", "onnx/text_model_quantized.onnx");

        assertThat(Bundle.open(folder, "clip", Precision.INT8).text())
                .isEqualTo(folder.resolve("onnx/text_model_quantized.onnx"));
    }

    @ParameterizedTest
    @CsvSource({
        "vision/model.onnx, has no vision/model.onnx: copy or pull the complete model again",
        "text/model.onnx, has no text/model.onnx: copy or pull the complete model again",
        "tokenizer.json, has no tokenizer.json: copy or pull the complete model again",
        "preprocessor_config.json, has no preprocessor_config.json: copy or pull the complete model again",
    })
    void aMissingFileIsNamed(String file, String sentence) throws IOException {
        Files.delete(folder.resolve(file));

        refused(Precision.ANY).contains(sentence);
    }

    @Test
    void aNetworkOfOtherPrecisionIsNamedWithTheSetting() {
        refused(Precision.INT8).contains("so set EMBEDDER_PRECISION to fp32");
    }

    @Test
    void aFileThatIsNotTheOnePulledIsNamed() throws IOException {
        var right = FileHash.of(folder.resolve("vision/model.onnx"));
        new BundleLock("clip", Map.of("vision/model.onnx", new Locked(right, 1, "http://host/", Vouched.CATALOG)))
                .write(folder);
        assertThat(Bundle.open(folder, "clip", Precision.ANY).sha256()).hasSize(64);

        ClipBundle.write(folder, Shape.small(), 43);

        refused(Precision.ANY)
                .contains("vision/model.onnx is not the file that was pulled", "./sluice models pull clip");
    }

    @Test
    void aModelOfTheCatalogMustHaveTheFilesOfTheCatalog() {
        var catalogs = new ModelLibrary.Found(
                "clip", folder, Optional.of(entry(FileHash.of(folder.resolve("tokenizer.json")))));
        assertThat(catalogs.open(Precision.ANY).name()).isEqualTo("clip");

        var others = new ModelLibrary.Found("clip", folder, Optional.of(entry("0".repeat(64))));
        assertThatThrownBy(() -> others.open(Precision.ANY))
                .hasMessageContaining("tokenizer.json is not the file that the catalog names");

        ClipBundle.write(folder, Shape.small().withPrecision(Shape.Precision.INT8), 42);
        assertThatThrownBy(() -> catalogs.open(Precision.INT8))
                .hasMessageContaining("vision/model_int8.onnx is not a file of the model clip");
    }

    private static Catalog.Entry entry(String tokenizer) {
        return new Catalog.Entry(
                "clip",
                "",
                "",
                Stream.of("vision/model.onnx", "text/model.onnx", "tokenizer.json", "preprocessor_config.json")
                        .map(path -> new Catalog.Source(
                                path,
                                URI.create("https://host.example/" + path),
                                Optional.of(tokenizer).filter(_ -> path.equals("tokenizer.json")),
                                OptionalLong.empty()))
                        .toList());
    }

    @Test
    void aGitLfsPointerIsRefusedAsANetwork() throws IOException {
        Files.writeString(folder.resolve("text/model.onnx"), "version https://git-lfs.github.com/spec/v1\noid x\n");

        refused(Precision.ANY).contains("run git lfs pull");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "preprocessor_config.json"})
    void aFileThatIsNotJsonIsNamed(String file) throws IOException {
        Files.writeString(folder.resolve(file), "<html>");

        refused(Precision.ANY).contains(file + " is not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"size\": 256, \"crop_size\": 224}",
                "{\"size\": 224, \"crop_size\": 224, \"resample\": 2}",
                "{\"size\": 224, \"crop_size\": 224, \"image_mean\": [0.5]}",
                "{\"size\": 224, \"crop_size\": 224, \"transparency\": \"black\"}",
            })
    void anUnsupportedPreprocessingIsRefused(String json) throws IOException {
        Files.writeString(folder.resolve("preprocessor_config.json"), json);

        refused(Precision.ANY).contains("asks for a preprocessing that Sluice does not have");
    }

    @ParameterizedTest
    @CsvSource({"'', ON_WHITE", "'\"transparency\": \"white\",', ON_WHITE", "'\"transparency\": \"drop\",', DROPPED"})
    void aPreprocessingMaySayWhatBecomesOfTransparentPixels(String setting, Transparency expected) throws IOException {
        Files.writeString(
                folder.resolve("preprocessor_config.json"),
                "{" + setting
                        + "\"size\": 224, \"crop_size\": 224, \"do_convert_rgb\": true, \"do_normalize\": false}");

        assertThat(Bundle.open(folder, "clip", Precision.ANY)
                        .preprocessing()
                        .framing()
                        .transparency())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"clip-sample, clip-sample", "CLIP_Sample 2, clip-sample-2", ".hidden, hidden"})
    void aFoldersNameBecomesAValidNameOfAnIndex(String name, String expected) {
        assertThat(Bundle.nameOf(Path.of("/models", name))).isEqualTo(expected);
    }

    private AbstractStringAssert<?> refused(Precision precision) {
        return assertThatThrownBy(() -> Bundle.open(folder, "clip", precision))
                .isInstanceOf(UnusableModelException.class)
                .hasNoCause()
                .message()
                .doesNotContain("\n");
    }

    private void move(String from, String to) throws IOException {
        Files.createDirectories(folder.resolve(to).getParent());
        Files.move(folder.resolve(from), folder.resolve(to));
    }
}
