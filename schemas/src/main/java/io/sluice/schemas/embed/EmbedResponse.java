package io.sluice.schemas.embed;

import io.sluice.schemas.product.Embedding;
import java.util.List;

/**
 * Answer of {@code POST /embed}.
 *
 * @param texts one vector for each text, in order
 * @param images one vector for each image, in order
 */
public record EmbedResponse(String model, String index, List<Embedding> texts, List<Embedding> images) {
    public EmbedResponse {
        texts = List.copyOf(texts);
        images = List.copyOf(images);
    }
}
