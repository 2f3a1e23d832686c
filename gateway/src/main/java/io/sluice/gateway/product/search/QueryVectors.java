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

/**
 * Gets the vectors of queries, and the model, from the embedder. The vectors of texts are cached, because people search
 * for some texts often.
 */
@Singleton
public final class QueryVectors {
    private static final int TEXTS = 10_000;
    /** Short, because the embedder may be restarted with another model. */
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

    /**
     * {@return the dimension of text vectors; the last known one when the embedder is not available; empty when never
     * known}
     */
    public Optional<Integer> textDimension() {
        try {
            lastDimension = Optional.ofNullable(model().dimensions().get(ProductVectors.TEXT));
        } catch (ProblemException e) {
            return lastDimension;
        }
        return lastDimension;
    }
}
