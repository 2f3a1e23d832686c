package io.sluice.pictures.face;

import java.util.List;

/**
 * A face that networks have found and described.
 *
 * @param marks the eye on the left of the picture, the eye on the right, the tip of the nose, and the corners of the mouth
 *     on the left and on the right
 * @param confidence that it is a face, 0 to 1
 * @param vector describes the face: vectors of one person have a cosine near 1
 */
public record DescribedFace(FaceBox box, List<FacePoint> marks, double confidence, UnitVector vector) {
    public DescribedFace {
        marks = List.copyOf(marks);
    }
}
