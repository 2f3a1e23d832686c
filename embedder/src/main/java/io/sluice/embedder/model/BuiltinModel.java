package io.sluice.embedder.model;

import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.Framing;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.ProductVectors;
import java.util.List;
import java.util.Map;

/**
 * The model that needs no download. Its text vectors come from all-MiniLM-L6-v2 (English), its picture vectors from
 * {@link VisualDescriptor} (color and shape). The vectors are in two spaces, so a text does not find pictures by their
 * subject.
 */
public final class BuiltinModel implements EmbeddingModel {
    /** The name of the model in the configuration. */
    public static final String NAME = "builtin";

    private static final Portion PORTION = new Portion(8, 2_048, 1_024);

    private final SentenceEncoder sentences;

    private final Provider provider;

    private BuiltinModel(SentenceEncoder sentences, Provider provider) {
        this.sentences = sentences;
        this.provider = provider;
    }

    /** {@return the model for the CPU, loaded from the class path; loading takes about a second} */
    public static BuiltinModel load() {
        return load(Provider.CPU);
    }

    /** {@return the model, loaded from the class path} */
    public static BuiltinModel load(Provider provider) {
        return new BuiltinModel(SentenceEncoder.miniLm(provider), provider);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String revision() {
        return NAME + "/" + SentenceEncoder.REVISION + "/" + VisualDescriptor.REVISION + provider.revision();
    }

    @Override
    public Map<String, Integer> dimensions() {
        return Map.of(ProductVectors.TEXT, SentenceEncoder.DIMENSION, ProductVectors.IMAGE, VisualDescriptor.DIMENSION);
    }

    @Override
    public boolean sharedSpace() {
        return false;
    }

    @Override
    public Framing framing() {
        return VisualDescriptor.FRAMING;
    }

    @Override
    public Portion portion() {
        return PORTION;
    }

    @Override
    public List<Embedding> embedTexts(List<String> texts) {
        return sentences.encode(texts);
    }

    @Override
    public List<Embedding> embedImages(List<Picture> pictures) {
        return pictures.stream().map(VisualDescriptor::describe).toList();
    }

    @Override
    public void close() {
        sentences.close();
    }
}
