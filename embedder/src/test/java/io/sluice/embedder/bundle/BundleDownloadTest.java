package io.sluice.embedder.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedder.bundle.BundleLock.Vouched;
import io.sluice.embedder.bundle.Catalog.Entry;
import io.sluice.embedder.bundle.Catalog.Source;
import io.sluice.schemas.wire.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BundleDownloadTest {
    private static final byte[] NETWORK = random(1, 1_000_000);
    private static final byte[] CONFIG = random(2, 700);

    private final ModelHost host = ModelHost.start();
    private final List<String> progress = new ArrayList<>();

    @TempDir
    Path folder;

    BundleDownloadTest() {
        host.serves("model.onnx", NETWORK);
        host.serves("config.json", CONFIG);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void fetchesEveryFileAndRecordsItsHash() throws Exception {
        pull(pinned());

        assertThat(folder.resolve("vision/model.onnx")).hasBinaryContent(NETWORK);
        assertThat(folder.resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(folder.resolve("vision")).isDirectoryNotContaining("glob:**.part");
        assertThat(BundleLock.in(folder)).hasValueSatisfying(lock -> {
            assertThat(lock.model()).isEqualTo("clip");
            assertThat(lock.files()).hasEntrySatisfying("vision/model.onnx", file -> {
                assertThat(file.sha256()).isEqualTo(Sha256.of(NETWORK));
                assertThat(file.size()).isEqualTo(NETWORK.length);
                assertThat(file.checkedAgainst()).isEqualTo(Vouched.CATALOG);
            });
        });
        assertThat(progress)
                .contains("vision/model.onnx 1000000/1000000", "config.json 700/700")
                .hasSizeGreaterThan(3);
    }

    @Test
    void fetchesNothingTwice() throws Exception {
        pull(pinned());
        host.asked.clear();

        pull(pinned());

        assertThat(host.asked).isEmpty();
    }

    @Test
    void continuesWhereTheConnectionBroke() throws Exception {
        host.hangUps.set(2);

        pull(pinned());

        assertThat(folder.resolve("vision/model.onnx")).hasBinaryContent(NETWORK);
        assertThat(host.asked).hasSize(4).first().isEqualTo("model.onnx");
        assertThat(host.asked.get(1)).startsWith("model.onnx bytes=").doesNotStartWith("model.onnx bytes=0-");
    }

    @Test
    void continuesWhereAnEarlierProcessStopped() throws Exception {
        part(Arrays.copyOf(NETWORK, 400_000));

        pull(pinned());

        assertThat(folder.resolve("vision/model.onnx")).hasBinaryContent(NETWORK);
        assertThat(host.asked).contains("model.onnx bytes=400000-");
    }

    @Test
    void aPartialFileWithoutAHashIsFetchedFromTheStart() throws Exception {
        part(random(3, 400_000)); // may be of an older version

        pull(unpinned());

        assertThat(folder.resolve("vision/model.onnx")).hasBinaryContent(NETWORK);
        assertThat(host.asked).startsWith("model.onnx");
    }

    @Test
    void aConnectionThatBreaksRepeatedlyStillDeliversTheFile() throws Exception {
        host.most.set(200_000);

        pull(pinned());

        assertThat(folder.resolve("vision/model.onnx")).hasBinaryContent(NETWORK);
    }

    @Test
    void aPullAfterAFailureDoesNotFetchEarlierFilesAgain() throws Exception {
        host.serves("config.json", random(5, 700));
        assertThatThrownBy(() -> pull(unpinned())).hasMessageContaining("another config.json");
        host.serves("config.json", CONFIG);
        host.asked.clear();

        pull(unpinned());

        assertThat(host.asked).containsExactly("config.json");
    }

    @Test
    void aCompletePartialFileIsNotFetchedAgain() throws Exception {
        part(NETWORK);

        pull(pinned());

        assertThat(folder.resolve("vision/model.onnx")).hasBinaryContent(NETWORK);
        assertThat(host.asked).doesNotContain("model.onnx");
    }

    @Test
    void aPartialFileOfAnotherFileIsDeleted() throws Exception {
        part(random(3, 400_000));

        pull(pinned());

        assertThat(folder.resolve("vision/model.onnx")).hasBinaryContent(NETWORK);
    }

    @Test
    void aFileWithAnotherHashThanTheCatalogsIsDeleted() {
        host.serves("model.onnx", random(4, 1_000_000));

        assertThatThrownBy(() -> pull(pinned()))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .startsWith("127.0.0.1 sent another vision/model.onnx than the catalog names")
                .contains("the file was deleted")
                .doesNotContain("\n");
        assertThat(folder.resolve("vision")).isEmptyDirectory();
    }

    @Test
    void aFileWithoutAHashInTheCatalogMustHaveTheHashOfTheHost() throws Exception {
        host.announces("model.onnx", Sha256.of(NETWORK));
        pull(unpinned());
        assertThat(vouched()).isEqualTo(Vouched.HOST);

        host.announces("model.onnx", Sha256.of(CONFIG));
        Files.delete(folder.resolve("vision/model.onnx"));

        assertThatThrownBy(() -> pull(unpinned())).hasMessageContaining("than it announced");
    }

    @Test
    void aFileWithoutAnyHashIsRecordedAsUnchecked() throws Exception {
        pull(unpinned());

        assertThat(vouched()).isEqualTo(Vouched.NOBODY);
        host.asked.clear();
        pull(unpinned());
        assertThat(host.asked).isEmpty();
    }

    @Test
    void saysWhatToDoWhenTheHostDoesNotHaveIt() {
        assertThatThrownBy(() -> pull(entry("gone.onnx", Optional.empty())))
                .isInstanceOf(UnusableModelException.class)
                .hasNoCause()
                .hasMessageContaining("it answers 404; name another source in EMBEDDER_CATALOG");
    }

    @Test
    void saysWhatToDoWithoutANetwork() {
        var nobody = new Entry(
                "clip",
                "",
                "",
                List.of(new Source(
                        "vision/a", URI.create("http://127.0.0.1:1/a"), Optional.empty(), OptionalLong.empty())));

        assertThatThrownBy(() -> pull(nobody))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .startsWith("127.0.0.1 does not answer")
                .endsWith("copy the model's folder from another machine to " + folder)
                .doesNotContain("\n");
    }

    private void pull(Entry entry) throws InterruptedException {
        try (var download = new BundleDownload()) {
            download.pull(entry, folder, (file, done, total) -> progress.add(file + " " + done + "/" + total));
        }
    }

    private Entry pinned() {
        return entry("model.onnx", Optional.of(Sha256.of(NETWORK)));
    }

    private Entry unpinned() {
        return entry("model.onnx", Optional.empty());
    }

    private Entry entry(String network, Optional<String> sha256) {
        return new Entry(
                "clip",
                "",
                "",
                List.of(
                        new Source("vision/model.onnx", host.url(network), sha256, OptionalLong.empty()),
                        new Source(
                                "config.json",
                                host.url("config.json"),
                                Optional.of(Sha256.of(CONFIG)),
                                OptionalLong.of(CONFIG.length))));
    }

    private Vouched vouched() {
        var files = BundleLock.in(folder).orElseThrow().files();
        return Objects.requireNonNull(files.get("vision/model.onnx")).checkedAgainst();
    }

    private void part(byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve("vision"));
        Files.write(folder.resolve("vision/model.onnx.part"), bytes);
    }

    private static byte[] random(int seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
