package io.sluice.schemas.embed;

import java.util.Map;

/**
 * Answer of {@code GET /model}.
 *
 * @param model name of the model
 * @param index the index that its vectors are for
 * @param dimensions by vector name, {@code text} and {@code image}
 * @param sharedSpace whether vectors of texts and images are in the same space, so that a text can be near an image
 */
public record ModelInfo(String model, String index, Map<String, Integer> dimensions, boolean sharedSpace) {
    public ModelInfo {
        dimensions = Map.copyOf(dimensions);
    }
}
