package io.sluice.embedder;

import io.sluice.embedder.Vector.Made;
import io.sluice.embedder.Vector.Missing;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.Topic;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Emits each product with its vectors, and each deletion as a tombstone. Emits nothing for a product that comes out of
 * turn and is older than what the ledger has.
 */
final class ProductEmbedder implements BatchHandler<ProductSaved> {
    private final EmbeddingModel model;
    private final Vectors vectors;
    private final NewerVersions<ProductSaved> newer;
    private final Topic<ProductVectors> target;

    ProductEmbedder(
            EmbeddingModel model, Vectors vectors, NewerVersions<ProductSaved> newer, Topic<ProductVectors> target) {
        this.model = model;
        this.vectors = vectors;
        this.newer = newer;
        this.target = target;
    }

    @Override
    public List<Outcome> handle(List<Received<ProductSaved>> batch) {
        var overtaken = newer.overtake(batch);
        var made = vectors.of(batch.stream()
                .filter(overtaken.negate())
                .map(Received::event)
                .filter(Objects::nonNull)
                .flatMap(ProductEmbedder::inputs)
                .toList());
        return batch.stream()
                .map(received -> overtaken.test(received) ? Outcome.superseded() : outcome(received, made))
                .toList();
    }

    private Outcome outcome(Received<ProductSaved> received, Map<Input, Vector> made) {
        var product = received.event();
        return product == null ? Outcome.emitTombstone(target, received.key()) : outcome(product, made);
    }

    private Outcome outcome(ProductSaved product, Map<Input, Vector> made) {
        var embeddings = new HashMap<String, Embedding>();
        for (var input : inputs(product).toList()) {
            switch (Objects.requireNonNull(made.get(input))) {
                case Made(var embedding) -> embeddings.put(input.vector(), embedding);
                case Missing(Failure failure) -> {
                    return Outcome.failed(failure);
                }
            }
        }
        return Outcome.emit(target, new ProductVectors(product, model.name(), model.dimensions(), embeddings));
    }

    private static Stream<Input> inputs(ProductSaved product) {
        return Stream.concat(Stream.of(Input.text(product)), Input.image(product).stream());
    }
}
