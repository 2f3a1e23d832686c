package io.sluice.gateway.product.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.schemas.embed.EmbedRequest;
import io.sluice.schemas.embed.EmbedResponse;
import io.sluice.schemas.embed.ModelInfo;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Vectors of queries, and the model they are from. What people search for often is asked of the embedder once. */
@Singleton
public final class QueryVectors {
    private static final int TEXTS = 10_000;
    /** The embedder may be started again with another model. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final String MODEL = "model";

    private final EmbedderClient embedder;
    private final Cache<String, EmbedResponse> texts =
            Caffeine.newBuilder().maximumSize(TEXTS).expireAfterWrite(FRESH).build();
    private final Cache<String, ModelInfo> model =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build();
    private volatile Optional<Integer> lastDimension = Optional.empty();

    QueryVectors(EmbedderClient embedder) {
        this.embedder = embedder;
    }

    EmbedResponse ofText(String text) {
        return texts.get(text, asked -> embedder.embed(new EmbedRequest(List.of(asked), List.of())));
    }

    EmbedResponse ofImage(UploadedImage image) {
        var base64 = Base64.getEncoder().encodeToString(image.bytes());
        return embedder.embed(new EmbedRequest(List.of(), List.of(base64)));
    }

    ModelInfo model() {
        return model.get(MODEL, key -> embedder.model());
    }

    /** {@return the dimension of text vectors; the last one known when the embedder is away, empty when none ever was} */
    public Optional<Integer> textDimension() {
        try {
            lastDimension = Optional.ofNullable(model().dimensions().get(ProductVectors.TEXT));
        } catch (ProblemException e) {
            return lastDimension;
        }
        return lastDimension;
    }
}
