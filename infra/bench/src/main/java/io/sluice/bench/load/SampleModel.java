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
 * A model to measure with, both inside this JVM and as the embedder is told to use it.
 *
 * @param setting what {@code EMBEDDER_MODEL} is to be: a name, or the folder of a bundle
 */
public record SampleModel(String setting) {
    /** What the one that comes with Sluice is set by. */
    public static final String BUILTIN = BuiltinModel.NAME;

    /** {@return the one that comes with Sluice} */
    public static SampleModel builtin() {
        return new SampleModel(BUILTIN);
    }

    /** {@return one with the shapes and the cost of CLIP ViT-B/32 and random weights, written into a folder in some 10 s} */
    public static SampleModel clip(Path parent) {
        var folder = parent.resolve("clip-vit-b-32");
        ClipBundle.write(folder, Shape.vitB32(), 1);
        return new SampleModel(folder.toString());
    }

    private boolean isBuiltin() {
        return setting.equals(BUILTIN);
    }

    /** {@return what it is called} */
    public String name() {
        return isBuiltin() ? BUILTIN : Bundle.nameOf(Path.of(setting));
    }

    /** {@return the index its vectors go to} */
    public String index() {
        return name() + "-1";
    }

    /** {@return what the embedder and the indexer are told by environment variables} */
    public Map<String, String> settings() {
        return Map.of("EMBEDDER_MODEL", setting, "SLUICE_INDEX", index());
    }

    /** {@return the model, loaded; to be closed} */
    public EmbeddingModel load() {
        return isBuiltin()
                ? BuiltinModel.load()
                : ClipModel.load(Bundle.open(Path.of(setting), name(), Precision.ANY), Provider.CPU);
    }

    /**
     * {@return the description of a product, of some 20 tokens to this model: the sample of CLIP knows no words, a letter
     * is a token to it}
     */
    public String description(String id) {
        return isBuiltin() ? ProductTexts.description(id) : ProductTexts.words(id.hashCode(), 1) + " " + id;
    }

    /** {@return the name that goes before the description} */
    public String productName(String id) {
        return ProductTexts.words(id.hashCode(), isBuiltin() ? 4 : 1);
    }
}
