package io.sluice.client.photo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of a gallery, newest first.
 *
 * @param next the {@code before} of the next page; empty on the last page
 * @param total how many photos the whole gallery has
 */
public record PhotoPage(List<Photo> photos, String next, long total) {
    public PhotoPage {
        photos = List.copyOf(photos);
    }

    static PhotoPage of(JsonNode body) {
        return new PhotoPage(
                body.path("photos").valueStream().map(Photo::of).toList(),
                body.path("next").asText(""),
                body.path("total").asLong());
    }
}
