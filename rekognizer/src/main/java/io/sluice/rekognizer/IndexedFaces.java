package io.sluice.rekognizer;

import io.sluice.schemas.photo.PhotoFaces.Face;
import java.util.List;

/**
 * The faces of one picture.
 *
 * @param modelVersion the model that found them
 * @param faces from the largest to the smallest
 */
public record IndexedFaces(String modelVersion, List<Face> faces) {
    public IndexedFaces {
        faces = List.copyOf(faces);
    }
}
