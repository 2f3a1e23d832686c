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
 * Fetches models of the catalog. Files that are there already and right are not fetched again; one that was cut off is
 * fetched from there on. Each is held to the catalog's hash; where it has none, to the one that the host announces; and
 * what came is written down, so that every later start holds it to that.
 */
public final class BundleDownload implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** Who watches. */
    public interface Progress {
        /**
         * Is told about each piece that came, and once about each file that was there already.
         *
         * @param file its name inside of the bundle
         * @param total its size in bytes; 0 while nobody knows
         */
        void at(String file, long done, long total);
    }

    /**
     * Fetches a model into a folder, which is made.
     *
     * @throws UnusableModelException when it cannot be had; what has come so far is kept
     */
    public void pull(Entry entry, Path folder, Progress progress) throws InterruptedException {
        var before = BundleLock.in(folder);
        // what is known of files that come later is kept until they have come
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

    /** {@return a file that is there, and the one that the catalog or the last pull knows} */
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
