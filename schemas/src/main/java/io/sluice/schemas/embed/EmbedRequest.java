package io.sluice.schemas.embed;

import java.util.List;
import java.util.Objects;

/**
 * Body of {@code POST /embed}.
 *
 * @param texts the texts to embed
 * @param images complete image files (JPEG, PNG, WebP or GIF), base64
 */
public record EmbedRequest(List<String> texts, List<String> images) {
    public EmbedRequest {
        texts = List.copyOf(Objects.requireNonNullElse(texts, List.of()));
        images = List.copyOf(Objects.requireNonNullElse(images, List.of()));
    }
}
