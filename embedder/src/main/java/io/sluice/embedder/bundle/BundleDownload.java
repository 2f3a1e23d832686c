package io.sluice.embedder.bundle;

import io.sluice.embedder.bundle.BundleLock.Locked;
import io.sluice.embedder.bundle.BundleLock.Vouched;
import io.sluice.embedder.bundle.Catalog.Entry;
import io.sluice.embedder.bundle.Catalog.Source;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Downloads models of the catalog. A file that already exists with the right hash is not downloaded again, and an
 * interrupted download continues where it stopped. Each file must have the hash from the catalog or, when the catalog
 * has none, the hash that the host announces. The download records the hashes in {@link BundleLock}, and every later
 * start checks the files against them.
 */
public final class BundleDownload implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** A listener for the progress of a download. */
    public interface Progress {
        /**
         * Called for each piece that arrived, and once for each file that already existed.
         *
         * @param file the name of the file inside the bundle
         * @param done the number of bytes that have arrived
         * @param total the size of the file in bytes; 0 while it is unknown
         */
        void at(String file, long done, long total);
    }

    /**
     * Downloads a model into a folder, which is created when it does not exist.
     *
     * @throws UnusableModelException when the download fails; the bytes that have arrived are kept
     */
    public void pull(Entry entry, Path folder, Progress progress) throws InterruptedException {
        var before = BundleLock.in(folder);
        // keep the records of files that are not downloaded yet
        var locked = new HashMap<>(before.map(BundleLock::files).orElse(Map.of()));
        locked.keySet().retainAll(entry.files().stream().map(Source::path).toList());
        for (var source : entry.files()) {
            var target = folder.resolve(source.path());
            var kept = kept(source, target, before);
            if (kept.isPresent()) {
                progress.at(source.path(), kept.get().size(), kept.get().size());
            }
            locked.put(
                    source.path(),
                    kept.isPresent() ? kept.get() : new FileDownload(http, source, target, progress).fetch());
            new BundleLock(entry.name(), locked).write(folder);
        }
    }

    /** {@return the file when it exists with the hash of the catalog or of the last pull; otherwise empty} */
    private static Optional<Locked> kept(Source source, Path target, Optional<BundleLock> before) {
        if (!Files.isRegularFile(target)) {
            return Optional.empty();
        }
        var sha256 = FileHash.of(target);
        var last = before.map(lock -> lock.files().get(source.path()))
                .filter(file -> file.sha256().equals(sha256)
                        && file.url().equals(source.url().toString()));
        if (source.sha256().isEmpty()) {
            return last;
        }
        return source.sha256()
                .filter(sha256::equals)
                .map(right ->
                        new Locked(right, target.toFile().length(), source.url().toString(), Vouched.CATALOG));
    }

    @Override
    public void close() {
        http.close();
    }
}
