package io.sluice.embedder.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The models of this machine: those of the catalog, each in a folder of its name, and those in folders elsewhere.
 *
 * @param folder where pulled models are
 */
public record ModelLibrary(Path folder, Catalog catalog) {
    /** Where pulled models are unless somebody says otherwise. */
    public static final String DEFAULT_FOLDER = "~/.cache/sluice/models";

    /**
     * The library that the settings describe.
     *
     * @param folder {@code EMBEDDER_MODELS_DIR}; a {@code ~} at its beginning is the home folder
     * @param catalog {@code EMBEDDER_CATALOG}: a catalog of the operator's own, or blank
     */
    public static ModelLibrary of(String folder, String catalog) {
        var ours = Catalog.ours();
        return new ModelLibrary(expanded(folder), catalog.isBlank() ? ours : ours.with(expanded(catalog)));
    }

    /**
     * A model that is on this machine.
     *
     * @param name what it is called, and its indexes after it
     * @param entry what the catalog says of it; empty for a folder that the operator named
     */
    public record Found(String name, Path folder, Optional<Catalog.Entry> entry) {
        /** {@return what the model of this precision is called: weights in bytes beside others are a model of their own} */
        public String name(Precision precision) {
            return BundleFiles.isSecondOf(folder, precision) ? name + "-int8" : name;
        }

        /** {@return the bundle, whole as far as can be seen without loading it} */
        public Bundle open(Precision precision) {
            return Bundle.open(folder, name(precision), precision, entry);
        }
    }

    /**
     * Finds a model.
     *
     * @param model its name in the catalog, or the folder it is in
     * @throws UnusableModelException when it is not there
     */
    public Found locate(String model) {
        var entry = catalog.find(model);
        if (entry.isPresent()) {
            var pulled = folderOf(model);
            if (!has(model)) {
                throw new UnusableModelException(
                        "The model %s is not on this machine, or not all of it: run ./sluice models pull %s, or copy its folder from another machine to %s"
                                .formatted(model, model, pulled));
            }
            return new Found(model, pulled, entry);
        }
        var path = expanded(model);
        if (Files.isDirectory(path)) {
            return new Found(Bundle.nameOf(path), path, Optional.empty());
        }
        throw new UnusableModelException(
                "There is no model '%s': set EMBEDDER_MODEL to builtin, to a name of the catalog (%s), or to the folder of a bundle"
                        .formatted(model, catalog.names()));
    }

    /** {@return whether every file of the model of this name is here; whether they are right, opening it tells} */
    public boolean has(String name) {
        try {
            BundleFiles.in(folderOf(name), Precision.ANY);
            return true;
        } catch (UnusableModelException e) {
            return false;
        }
    }

    /** {@return where the model of this name is, or would be} */
    public Path folderOf(String name) {
        return folder.resolve(name);
    }

    private static Path expanded(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }
}
