package io.sluice.bench.load;

import io.sluice.embedder.bundle.Bundle;
import io.sluice.embedder.bundle.Precision;
import io.sluice.embedder.model.BuiltinModel;
import io.sluice.embedder.model.ClipModel;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.embedder.model.Provider;
import io.sluice.samplemodels.ClipBundle;
import io.sluice.samplemodels.Shape;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model to measure with, in this JVM and in the embedder.
 *
 * @param setting the value of {@code EMBEDDER_MODEL}: a name, or the folder of a bundle
 */
public record SampleModel(String setting) {
    /** The setting of the model that comes with Sluice. */
    public static final String BUILTIN = BuiltinModel.NAME;

    /** {@return the model that comes with Sluice} */
    public static SampleModel builtin() {
        return new SampleModel(BUILTIN);
    }

    /** Writes a model with the shapes and the cost of CLIP ViT-B/32 and random weights into a folder, in about 10 s. */
    public static SampleModel clip(Path parent) {
        var folder = parent.resolve("clip-vit-b-32");
        ClipBundle.write(folder, Shape.vitB32(), 1);
        return new SampleModel(folder.toString());
    }

    private boolean isBuiltin() {
        return setting.equals(BUILTIN);
    }

    /** {@return its name} */
    public String name() {
        return isBuiltin() ? BUILTIN : Bundle.nameOf(Path.of(setting));
    }

    /** {@return the index for its vectors} */
    public String index() {
        return name() + "-1";
    }

    /** {@return the environment variables for the embedder and the indexer} */
    public Map<String, String> settings() {
        return Map.of("EMBEDDER_MODEL", setting, "SLUICE_INDEX", index());
    }

    /** Loads the model. The caller closes it. */
    public EmbeddingModel load() {
        return isBuiltin()
                ? BuiltinModel.load()
                : ClipModel.load(Bundle.open(Path.of(setting), name(), Precision.ANY), Provider.CPU);
    }

    /**
     * Returns a description of a product with about 20 tokens of this model. The CLIP sample knows no words, so each letter
     * is a token.
     */
    public String description(String id) {
        return isBuiltin() ? ProductTexts.description(id) : ProductTexts.words(id.hashCode(), 1) + " " + id;
    }

    /** {@return a name that goes with the description} */
    public String productName(String id) {
        return ProductTexts.words(id.hashCode(), isBuiltin() ? 4 : 1);
    }
}
