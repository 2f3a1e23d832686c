package io.sluice.bench.load;

import io.sluice.embedder.model.BuiltinModel;
import io.sluice.embedder.model.EmbeddingModel;
import java.util.Map;

/** A model to measure with, both inside this JVM and as the embedder is told to use it. */
public record SampleModel(String name, String index) {
    /** The name of the one that comes with Sluice. */
    public static final String BUILTIN = BuiltinModel.NAME;

    /** {@return the model of this name} */
    public static SampleModel of(String name) {
        return new SampleModel(name, name + "-1");
    }

    /** {@return the one that comes with Sluice} */
    public static SampleModel builtin() {
        return of(BUILTIN);
    }

    /** {@return what the embedder and the indexer are told by environment variables} */
    public Map<String, String> settings() {
        return Map.of("EMBEDDER_MODEL", name, "SLUICE_INDEX", index);
    }

    /** {@return the model, loaded; to be closed} */
    public EmbeddingModel load() {
        return BuiltinModel.load();
    }
}
