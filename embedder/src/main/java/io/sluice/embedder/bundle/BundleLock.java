package io.sluice.embedder.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The record of a pulled bundle, stored in the file {@value #FILE} in its folder. Every start checks the bundle's files
 * against it.
 *
 * @param model the name of the model in the catalog
 * @param files the record of each file, by its name inside the bundle
 */
record BundleLock(String model, Map<String, Locked> files) {
    static final String FILE = "sluice-bundle.json";

    BundleLock {
        files = Map.copyOf(files);
    }

    /**
     * The record of one file.
     *
     * @param checkedAgainst the source of the hash that the download was checked against
     */
    record Locked(String sha256, long size, String url, Vouched checkedAgainst) {}

    /** The source of the hash that a downloaded file was checked against. */
    enum Vouched {
        /** The catalog has the hash. */
        CATALOG,
        /** The host announced the hash with the file. */
        HOST,
        /** There was no hash to check against; the recorded hash is that of the bytes that arrived. */
        NOBODY,
    }

    static Optional<BundleLock> in(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var json = JsonFile.read(file);
        var files = new LinkedHashMap<String, Locked>();
        for (var entry : json.path("files").properties()) {
            var value = entry.getValue();
            files.put(
                    entry.getKey(),
                    new Locked(
                            value.path("sha256").asText(),
                            value.path("size").asLong(),
                            value.path("url").asText(),
                            Vouched.valueOf(value.path("checkedAgainst").asText("NOBODY"))));
        }
        return Optional.of(new BundleLock(json.path("model").asText(), files));
    }

    void write(Path folder) {
        var part = folder.resolve(FILE + ".part");
        try {
            Files.write(part, JsonFile.write(this));
            Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    /**
     * Requires that a file has the hash that was recorded when it was pulled.
     *
     * @throws UnusableModelException when it has another hash
     */
    void check(Path folder, Path file, String sha256) {
        var locked = files.get(BundleFiles.nameIn(folder, file));
        if (locked != null && !locked.sha256().equals(sha256)) {
            throw new UnusableModelException(
                    "%s is not the file that was pulled (its sha256 is %s…, not %s…): run ./sluice models pull %s to fetch it again"
                            .formatted(
                                    file,
                                    sha256.substring(0, 12),
                                    locked.sha256().substring(0, 12),
                                    model));
        }
    }
}
