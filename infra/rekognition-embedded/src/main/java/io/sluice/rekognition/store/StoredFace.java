package io.sluice.rekognition.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.rekognition.face.Box;
import io.sluice.rekognition.face.Likeness;
import org.jspecify.annotations.Nullable;

/**
 * A face in a collection.
 *
 * @param imageId of the picture in which it was seen
 * @param externalImageId what the caller named the picture
 * @param confidence that it is a face, in percent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredFace(
        String faceId,
        String imageId,
        @Nullable String externalImageId,
        Box box,
        double confidence,
        Likeness likeness) {}
