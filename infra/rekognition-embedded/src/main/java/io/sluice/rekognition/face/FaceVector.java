package io.sluice.rekognition.face;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.pictures.face.UnitVector;
import java.util.Base64;

/**
 * What a model says of a face.
 *
 * @param model the model that made it; vectors of two models say nothing about each other
 */
public record FaceVector(String model, @JsonIgnore UnitVector vector) {
    /**
     * The cosine from which on OpenCV takes two faces for one person, with the recognizer SFace. Source: OpenCV's tutorial
     * "DNN-based Face Detection And Recognition", where 99.6 % of the pairs of LFW are told right with it.
     */
    private static final double SAME_PERSON = 0.363;

    /** The similarity, in percent, at that cosine: the default threshold of the real service. */
    private static final double SIMILARITY_THERE = 80;

    /** So steep that faces at a right angle are 5 % similar, and those with a cosine of 0.75 are 99.8 %. */
    private static final double STEEPNESS = 12;

    /** {@return the vector of a journal, as {@link #floats} has written it} */
    @JsonCreator
    static FaceVector read(@JsonProperty("model") String model, @JsonProperty("floats") String floats) {
        return new FaceVector(model, UnitVector.read(Base64.getDecoder().decode(floats)));
    }

    /** {@return the numbers in Base64, four bytes each} */
    @JsonProperty("floats")
    String floats() {
        return Base64.getEncoder().encodeToString(vector.bytes());
    }

    /** {@return whether both are of the same model} */
    boolean isComparableWith(FaceVector other) {
        return model.equals(other.model) && vector.size() == other.vector.size();
    }

    /** {@return how similar two faces of the same model are, 0 to 100 percent} */
    double similarityTo(FaceVector other) {
        return similarity(vector.cosineTo(other.vector));
    }

    /** A logistic curve, as the answers of the real service look: most pairs are near 0 or near 100. */
    static double similarity(double cosine) {
        var odds = (100 - SIMILARITY_THERE) / SIMILARITY_THERE * Math.exp(-STEEPNESS * (cosine - SAME_PERSON));
        return 100 / (1 + odds);
    }
}
