package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVerbsTest {
    private final TestShell shell = new TestShell();

    @TempDir
    Path folder;

    @BeforeEach
    void library() {
        shell.with("EMBEDDER_MODELS_DIR", folder.resolve("models").toString());
    }

    @Test
    void listsWhatCanBePulledAndWhatIsHere() throws IOException {
        Files.createDirectories(folder.resolve("models/clip-vit-b-32-int8"));
        ClipBundle.write(folder.resolve("models/clip-vit-b-32"), Shape.small(), 42);

        assertThat(shell.run("models", "list")).isZero();

        assertThat(shell.out())
                .containsPattern("builtin +built in")
                .containsPattern("clip-vit-b-32 +pulled +608 MB")
                .containsPattern("clip-vit-b-32-int8 +incomplete +156 MB");
    }

    @Test
    void generatesABundleThatVerifies() {
        var bundle = folder.resolve("clip-sample").toString();

        assertThat(shell.run("models", "generate", bundle, "--small")).isZero();
        assertThat(shell.out())
                .contains("Its vectors mean nothing")
                .contains("EMBEDDER_MODEL=" + bundle + " SLUICE_INDEX=clip-sample-1 SLUICE_DATA_DIR=");

        assertThat(shell.run("models", "verify", bundle)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("clip-sample in " + bundle + " is complete and loads", "512, one space");

        assertThat(shell.run("models", "generate", bundle)).isEqualTo(1);
        assertThat(shell.err()).contains("already exists").hasLineCount(1);
    }

    @Test
    void saysInOneLineWhatIsWrongWithABundle() throws IOException {
        var bundle = folder.resolve("broken");
        shell.run("models", "generate", bundle.toString(), "--small");
        Files.delete(bundle.resolve("tokenizer.json"));

        assertThat(shell.run("models", "verify", bundle.toString())).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("sluice: The model in " + bundle + " has no tokenizer.json")
                .hasLineCount(1);
    }

    @Test
    void saysInOneLineThatAModelWasNotPulled() {
        assertThat(shell.run("models", "verify", "clip-vit-b-32")).isEqualTo(1);
        assertThat(shell.err())
                .contains("run ./sluice models pull clip-vit-b-32")
                .hasLineCount(1);

        assertThat(shell.run("models", "pull", "clip")).isEqualTo(1);
        assertThat(shell.err()).contains("The catalog has no model 'clip'; it has: clip-vit-b-32");
    }

    @Test
    void saysInOneLineWhatToDoWithoutANetwork() throws IOException {
        var catalog = Files.writeString(folder.resolve("catalog.json"), """
                {"models": [{"name": "far", "about": "", "license": "MIT", "files": [
                  {"path": "vision/model.onnx", "url": "http://127.0.0.1:1/model.onnx"}]}]}""");
        shell.with("EMBEDDER_CATALOG", catalog.toString());

        assertThat(shell.run("models", "pull", "far")).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("sluice: 127.0.0.1 does not answer")
                .contains("run this again to go on when the network is back, or copy the model's folder")
                .hasLineCount(1);
    }
}
