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
 * What a bundle was when it was pulled, in {@value #FILE} inside of it. At every start its files are held to that.
 *
 * @param model the catalog's name for it
 * @param files what is known of each file, by its name inside of the bundle
 */
record BundleLock(String model, Map<String, Locked> files) {
    static final String FILE = "sluice-bundle.json";

    BundleLock {
        files = Map.copyOf(files);
    }

    /**
     * One file.
     *
     * @param checkedAgainst who vouched for the hash
     */
    record Locked(String sha256, long size, String url, Vouched checkedAgainst) {}

    /** Who vouched for a file's hash when it was pulled. */
    enum Vouched {
        /** The catalog has it. */
        CATALOG,
        /** The host announced it beside the file. */
        HOST,
        /** Nobody: it is what came. */
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

    /** Throws when a file is another one than was pulled. */
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
