package io.sluice.embedder;

import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.embedder.model.Portion;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.Framing;
import io.sluice.schemas.product.Embedding;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A fake model that makes recognizable vectors, and records the inputs. */
final class FakeModel implements EmbeddingModel {
    final Queue<String> texts = new ConcurrentLinkedQueue<>();
    final Queue<Picture> pictures = new ConcurrentLinkedQueue<>();

    static Embedding ofText(String text) {
        return Embedding.of(text.length(), text.hashCode());
    }

    static Embedding ofRed(int red) {
        return Embedding.of(red, 1, 2);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String revision() {
        return "fake/1";
    }

    @Override
    public Map<String, Integer> dimensions() {
        return Map.of("text", 2, "image", 3);
    }

    @Override
    public boolean sharedSpace() {
        return false;
    }

    @Override
    public Framing framing() {
        return new Framing(8, Framing.Fit.STRETCH);
    }

    @Override
    public Portion portion() {
        return new Portion(8, 2_048, 1_024);
    }

    @Override
    public List<Embedding> embedTexts(List<String> some) {
        texts.addAll(some);
        return some.stream().map(FakeModel::ofText).toList();
    }

    @Override
    public List<Embedding> embedImages(List<Picture> some) {
        pictures.addAll(some);
        return some.stream().map(picture -> ofRed(picture.red(4, 4))).toList();
    }

    @Override
    public void close() {}
}
