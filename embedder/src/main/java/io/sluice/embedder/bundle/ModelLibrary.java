package io.sluice.embedder.bundle;

import io.sluice.embedder.bundle.Catalog.Entry;
import io.sluice.embedder.bundle.Catalog.Kind;
import io.sluice.embedder.bundle.Catalog.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the models on this machine: models of the catalog, each in a folder with its name, and models in other folders.
 *
 * @param folder the folder with the pulled models
 */
public record ModelLibrary(Path folder, Catalog catalog) {
    /** The default folder of pulled models. */
    public static final String DEFAULT_FOLDER = "~/.cache/sluice/models";

    /**
     * The library that the settings describe.
     *
     * @param folder {@code EMBEDDER_MODELS_DIR}; a leading {@code ~} is the home folder
     * @param catalog {@code EMBEDDER_CATALOG}: the operator's own catalog file, or blank
     */
    public static ModelLibrary of(String folder, String catalog) {
        var ours = Catalog.ours();
        return new ModelLibrary(expanded(folder), catalog.isBlank() ? ours : ours.with(expanded(catalog)));
    }

    /**
     * A model that is on this machine.
     *
     * @param name the name of the model, with which the names of its indexes begin
     * @param entry its entry in the catalog; empty for a folder that the operator named
     */
    public record Found(String name, Path folder, Optional<Entry> entry) {
        /**
         * Returns the name of the model in this precision. When a folder has int8 and fp32 networks, the int8 networks
         * are a model with a name of its own.
         */
        public String name(Precision precision) {
            return BundleFiles.isSecondOf(folder, precision) ? name + "-int8" : name;
        }

        /** {@return the bundle, whose files are complete and checked} */
        public Bundle open(Precision precision) {
            return Bundle.open(folder, name(precision), precision, entry);
        }
    }

    /**
     * Finds a model.
     *
     * @param model its name in the catalog, or the path of its folder
     * @throws UnusableModelException when the model is not on this machine
     */
    public Found locate(String model) {
        var entry = catalog.find(model);
        if (entry.filter(it -> it.kind() == Kind.FACES).isPresent()) {
            throw new UnusableModelException(
                    "The model %s sees faces for the local stand-in for Rekognition, which finds it by itself: set EMBEDDER_MODEL to builtin, or to one of %s"
                            .formatted(model, catalog.names(Kind.CLIP)));
        }
        if (entry.isPresent()) {
            var pulled = folderOf(model);
            if (!has(model)) {
                throw isMissing(model);
            }
            return new Found(model, pulled, entry);
        }
        var path = expanded(model);
        if (Files.isDirectory(path)) {
            return new Found(Bundle.nameOf(path), path, Optional.empty());
        }
        throw new UnusableModelException(
                "There is no model '%s': set EMBEDDER_MODEL to builtin, to a name of the catalog (%s), or to the folder of a bundle"
                        .formatted(model, catalog.names(Kind.CLIP)));
    }

    private UnusableModelException isMissing(String model) {
        return new UnusableModelException(
                "The model %s is not on this machine, or not all of it: run ./sluice models pull %s, or copy its folder from another machine to %s"
                        .formatted(model, model, folderOf(model)));
    }

    /** {@return whether all files of the model with this name exist; opening the model checks their hashes} */
    public boolean has(String name) {
        return catalog.find(name)
                .filter(entry -> entry.kind() == Kind.FACES)
                .map(this::hasEveryFile)
                .orElseGet(() -> hasClip(name));
    }

    private boolean hasEveryFile(Entry entry) {
        return entry.files().stream().allMatch(file -> Files.isRegularFile(fileOf(entry, file)));
    }

    private boolean hasClip(String name) {
        try {
            BundleFiles.in(folderOf(name), Precision.ANY);
            return true;
        } catch (UnusableModelException e) {
            return false;
        }
    }

    private Path fileOf(Entry entry, Source file) {
        return folderOf(entry.name()).resolve(file.path());
    }

    /**
     * Reads every file of a model once, and returns their folder.
     *
     * @throws UnusableModelException when a file is missing, or is not the one that was pulled
     */
    public Path checked(Entry entry) {
        if (!hasEveryFile(entry)) {
            throw isMissing(entry.name());
        }
        var pulled = folderOf(entry.name());
        var lock = BundleLock.in(pulled);
        entry.files().forEach(file -> Bundle.checkedHash(pulled, fileOf(entry, file), lock, Optional.of(entry)));
        return pulled;
    }

    /** {@return the folder for the model with this name, which may not exist} */
    public Path folderOf(String name) {
        return folder.resolve(name);
    }

    private static Path expanded(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }
}
