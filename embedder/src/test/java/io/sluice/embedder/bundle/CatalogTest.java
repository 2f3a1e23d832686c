package io.sluice.embedder.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedder.bundle.Catalog.Entry;
import io.sluice.embedder.bundle.Catalog.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    @TempDir
    Path folder;

    @Test
    void everyFileWithAHashNamesAFixedRevision() {
        assertThat(Catalog.ours().entries())
                .extracting(Entry::name)
                .containsExactly("clip-vit-b-32", "clip-vit-b-32-int8", "faces");
        assertThat(Catalog.ours().find("clip-vit-b-32")).hasValueSatisfying(entry -> {
            assertThat(entry.isPinned()).isTrue();
            assertThat(entry.size()).isEqualTo(608_013_640);
        });
        assertThat(Catalog.ours().entries())
                .flatExtracting(Entry::files)
                .filteredOn(file -> file.sha256().isPresent())
                .allSatisfy(file -> {
                    assertThat(file.url().toString()).startsWith("https://").containsPattern("/resolve/[0-9a-f]{40}/");
                    assertThat(file.size()).isPresent();
                });
    }

    @Test
    void modelsOfFacesHaveLicensesToAcceptAndAreNotForTheEmbedder() {
        assertThat(Catalog.ours().find("faces")).hasValueSatisfying(entry -> {
            assertThat(entry.kind()).isEqualTo(Kind.FACES);
            assertThat(entry.isPinned()).isTrue();
            assertThat(entry.terms()).hasSize(2).allSatisfy(terms -> {
                assertThat(terms.license()).isNotBlank();
                assertThat(terms.url()).hasScheme("https");
            });
        });
        var library = ModelLibrary.of(folder.toString(), "");
        assertThatThrownBy(() -> library.locate("faces"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("stand-in for Rekognition")
                .hasMessageContaining("clip-vit-b-32, clip-vit-b-32-int8")
                .hasMessageNotContaining("int8, faces");
        assertThatThrownBy(() -> library.locate("other")).hasMessageNotContaining("int8, faces");
    }

    @Test
    void anUnknownKindIsNamed() throws IOException {
        var odd = written("{\"models\": [{\"name\": \"odd\", \"kind\": \"voices\"}]}");

        assertThatThrownBy(() -> ModelLibrary.of(folder.toString(), odd.toString()))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("kind must be clip or faces, is voices");
    }

    @Test
    void anOperatorsOwnEntriesComeFirst() throws IOException {
        var own = written("""
                {"models": [{"name": "clip-vit-b-32", "about": "our mirror", "license": "MIT", "files": [
                  {"path": "vision/model.onnx", "url": "https://mirror.example/model.onnx"}]}]}""");

        var library = ModelLibrary.of(folder.toString(), own.toString());

        assertThat(library.catalog().find("clip-vit-b-32").map(Entry::about)).contains("our mirror");
        assertThat(library.catalog().find("clip-vit-b-32-int8")).isPresent();
    }

    @Test
    void anInvalidCatalogIsNamedWithItsSetting() throws IOException {
        var escaping = written("""
                {"models": [{"name": "a", "files": [{"path": "../a", "url": "https://host/a"}]}]}""");

        assertThatThrownBy(() -> ModelLibrary.of(folder.toString(), escaping.toString()))
                .isInstanceOf(UnusableModelException.class)
                .hasMessage("The catalog " + escaping
                        + " (EMBEDDER_CATALOG) cannot be used: path must be inside the bundle, is ../a");
    }

    @Test
    void aMissingCatalogIsNamedWithItsSetting() {
        var missing = folder.resolve("catalog.json").toString();

        assertThatThrownBy(() -> ModelLibrary.of(folder.toString(), missing))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageStartingWith("There is no catalog " + missing + ": set EMBEDDER_CATALOG");
    }

    private Path written(String json) throws IOException {
        return Files.writeString(folder.resolve("catalog.json"), json);
    }
}
