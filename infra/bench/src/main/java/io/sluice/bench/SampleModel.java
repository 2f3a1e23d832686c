package io.sluice.bench;

import io.sluice.embedder.model.BuiltinModel;
import io.sluice.embedder.model.EmbeddingModel;
import java.util.Map;

/**
 * A model to measure with, both inside this JVM and as the embedder is told to use it.
 *
 * @param settings environment variables
 * @param index that its vectors go to
 */
record SampleModel(String name, Map<String, String> settings, String index) {
    SampleModel {
        settings = Map.copyOf(settings);
    }

    static SampleModel builtin() {
        return new SampleModel(BuiltinModel.NAME, Map.of(), "builtin-1");
    }

    /** {@return the model, loaded; to be closed} */
    EmbeddingModel load() {
        return BuiltinModel.load();
    }
}
