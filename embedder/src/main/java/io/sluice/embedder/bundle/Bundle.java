package io.sluice.embedder.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.schemas.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A CLIP model on disk: a network for pictures, a network for texts, and the preprocessing of each. All files exist and
 * have the expected hashes, but the networks have not been loaded.
 *
 * @param name the name of the model, with which the names of its indexes begin
 * @param vision the network that takes pictures
 * @param text the network that takes token ids
 * @param sha256 the hash of all files that change the vectors
 */
public record Bundle(
        String name, Path vision, Path text, TokenizerFile tokenizer, Preprocessing preprocessing, String sha256) {
    private static final String LFS_POINTER = "version https://git-lfs";
    private static final int POINTER_SIZE = 1_024;

    /**
     * Opens the bundle in a folder, and reads each of its files once to compute the hash.
     *
     * @param name the name of the model
     * @throws UnusableModelException when a file is missing, or is not the file that was pulled
     */
    public static Bundle open(Path folder, String name, Precision precision) {
        return open(folder, name, precision, Optional.empty());
    }

    /** As {@link #open(Path, String, Precision)}, and requires that the files are those that the catalog names. */
    static Bundle open(Path folder, String name, Precision precision, Optional<Catalog.Entry> entry) {
        var files = BundleFiles.in(folder, precision);
        var lock = BundleLock.in(folder);
        var hashes = files.all().stream()
                .map(file -> file.getFileName() + " " + checkedHash(folder, file, lock, entry))
                .sorted()
                .collect(Collectors.joining("\n"));
        return new Bundle(
                name,
                files.vision(),
                files.text(),
                TokenizerFile.read(files),
                Preprocessing.read(files.preprocessing()),
                Sha256.of(hashes.getBytes(UTF_8)));
    }

    /** {@return the hash of a file, which is the one that was pulled and that the catalog names} */
    static String checkedHash(Path folder, Path file, Optional<BundleLock> lock, Optional<Catalog.Entry> entry) {
        refusePointer(file);
        var sha256 = FileHash.of(file);
        lock.ifPresent(it -> it.check(folder, file, sha256));
        entry.ifPresent(it -> requireNamed(it, folder, file, sha256));
        return sha256;
    }

    /**
     * {@return the name of a bundle in this folder: the folder's name, with only characters that an index name can
     * have}
     */
    public static String nameOf(Path folder) {
        var name = folder.toAbsolutePath().normalize().getFileName();
        var plain = name == null
                ? ""
                : name.toString()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]+", "-")
                        .replaceAll("^[.-]+", "");
        return plain.isEmpty() ? "model" : plain;
    }

    private static void requireNamed(Catalog.Entry entry, Path folder, Path file, String sha256) {
        var name = BundleFiles.nameIn(folder, file);
        var source = entry.files().stream()
                .filter(it -> it.path().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnusableModelException(
                        "%s is not a file of the model %s: remove it, or set EMBEDDER_MODEL to the folder's path to use it as a model of your own"
                                .formatted(file, entry.name())));
        if (!source.sha256().map(sha256::equals).orElse(true)) {
            throw new UnusableModelException(
                    "%s is not the file that the catalog names (its sha256 is %s…): run ./sluice models pull %s to fetch it again"
                            .formatted(file, sha256.substring(0, 12), entry.name()));
        }
    }

    private static void refusePointer(Path file) {
        try {
            if (Files.size(file) < POINTER_SIZE
                    && Files.readString(file, ISO_8859_1).startsWith(LFS_POINTER)) {
                throw new UnusableModelException(
                        file + " only points to the file that git-lfs keeps: run git lfs pull where it was cloned");
            }
        } catch (IOException e) {
            throw JsonFile.unreadable(file, e);
        }
    }
}
