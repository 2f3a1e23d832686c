package io.sluice.embedder;

import io.sluice.embedder.model.BuiltinModel;
import io.sluice.embedder.model.EmbeddingModel;

/** The models that can be configured by name. */
final class Models {
    private Models() {}

    /**
     * Loads a model for an index. An index holds the vectors of one model: its name is the model's, with a number.
     *
     * @throws IllegalStateException when there is no such model, or the index is another one's; the message names the
     *     remedy
     */
    static EmbeddingModel load(String model, String index) {
        if (!model.equals(BuiltinModel.NAME)) {
            throw new IllegalStateException("There is no model '" + model + "': set EMBEDDER_MODEL to "
                    + BuiltinModel.NAME + ", or leave it out");
        }
        var owner = index.substring(0, index.lastIndexOf('-'));
        if (!owner.equals(model)) {
            throw new IllegalStateException("Index '" + index + "' holds vectors of the model '" + owner
                    + "', not of '" + model + "': set SLUICE_INDEX to " + model + "-1 (or a higher number), or"
                    + " EMBEDDER_MODEL to " + owner);
        }
        return BuiltinModel.load();
    }
}
