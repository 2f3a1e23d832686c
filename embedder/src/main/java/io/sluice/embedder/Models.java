package io.sluice.embedder;

import io.sluice.embedder.bundle.ModelLibrary;
import io.sluice.embedder.bundle.UnusableModelException;
import io.sluice.embedder.model.BuiltinModel;
import io.sluice.embedder.model.ClipModel;
import io.sluice.embedder.model.EmbeddingModel;

/** Loads the configured model. */
final class Models {
    private Models() {}

    /**
     * Loads the model for an index. An index holds the vectors of one model, and its name is the model's name with a
     * number.
     *
     * @throws UnusableModelException when there is no such model, it is not complete, or the index belongs to another
     *     model
     */
    static EmbeddingModel load(EmbedderConfig config, String index) {
        if (config.model().equals(BuiltinModel.NAME)) {
            requireIndexOf(BuiltinModel.NAME, index);
            return BuiltinModel.load(config.provider());
        }
        var library = ModelLibrary.of(config.modelsDir(), config.catalog());
        var found = library.locate(config.model());
        requireIndexOf(found.name(config.precision()), index);
        return ClipModel.load(found.open(config.precision()), config.provider());
    }

    private static void requireIndexOf(String model, String index) {
        var owner = index.substring(0, index.lastIndexOf('-'));
        if (!owner.equals(model)) {
            throw new UnusableModelException("Index '" + index + "' holds vectors of the model '" + owner
                    + "', not of '" + model + "': set SLUICE_INDEX to " + model + "-1 (or a higher number), or"
                    + " EMBEDDER_MODEL to " + owner);
        }
    }
}
