package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.pictures.face.FacePoint;
import io.sluice.rekognition.face.Face;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Where the parts of a face are: where a model has found the first five, else where an average face has them within its box. */
enum Landmarks {
    EYE_LEFT("eyeLeft", 0.33, 0.38),
    EYE_RIGHT("eyeRight", 0.67, 0.38),
    MOUTH_LEFT("mouthLeft", 0.37, 0.75),
    MOUTH_RIGHT("mouthRight", 0.63, 0.75),
    NOSE("nose", 0.5, 0.57),
    LEFT_EYE_BROW_LEFT("leftEyeBrowLeft", 0.23, 0.31),
    LEFT_EYE_BROW_RIGHT("leftEyeBrowRight", 0.42, 0.31),
    LEFT_EYE_BROW_UP("leftEyeBrowUp", 0.33, 0.28),
    RIGHT_EYE_BROW_LEFT("rightEyeBrowLeft", 0.58, 0.31),
    RIGHT_EYE_BROW_RIGHT("rightEyeBrowRight", 0.77, 0.31),
    RIGHT_EYE_BROW_UP("rightEyeBrowUp", 0.67, 0.28),
    LEFT_EYE_LEFT("leftEyeLeft", 0.27, 0.38),
    LEFT_EYE_RIGHT("leftEyeRight", 0.39, 0.38),
    LEFT_EYE_UP("leftEyeUp", 0.33, 0.36),
    LEFT_EYE_DOWN("leftEyeDown", 0.33, 0.4),
    RIGHT_EYE_LEFT("rightEyeLeft", 0.61, 0.38),
    RIGHT_EYE_RIGHT("rightEyeRight", 0.73, 0.38),
    RIGHT_EYE_UP("rightEyeUp", 0.67, 0.36),
    RIGHT_EYE_DOWN("rightEyeDown", 0.67, 0.4),
    NOSE_LEFT("noseLeft", 0.44, 0.6),
    NOSE_RIGHT("noseRight", 0.56, 0.6),
    MOUTH_UP("mouthUp", 0.5, 0.72),
    MOUTH_DOWN("mouthDown", 0.5, 0.8),
    LEFT_PUPIL("leftPupil", 0.33, 0.38),
    RIGHT_PUPIL("rightPupil", 0.67, 0.38),
    UPPER_JAWLINE_LEFT("upperJawlineLeft", 0.04, 0.4),
    MID_JAWLINE_LEFT("midJawlineLeft", 0.1, 0.75),
    CHIN_BOTTOM("chinBottom", 0.5, 1),
    MID_JAWLINE_RIGHT("midJawlineRight", 0.9, 0.75),
    UPPER_JAWLINE_RIGHT("upperJawlineRight", 0.96, 0.4);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Those that a model finds, in its order. */
    private static final List<Landmarks> FOUND = List.of(EYE_LEFT, EYE_RIGHT, NOSE, MOUTH_LEFT, MOUTH_RIGHT);

    private final String type;
    private final double right;
    private final double down;

    Landmarks(String type, double right, double down) {
        this.type = type;
        this.right = right;
        this.down = down;
    }

    /** {@return the five that are always answered} */
    static ArrayNode five(Face face) {
        return of(face, mark -> mark.compareTo(NOSE) <= 0);
    }

    static ArrayNode all(Face face) {
        return of(face, mark -> true);
    }

    private static ArrayNode of(Face face, Predicate<Landmarks> isWanted) {
        var array = JSON.arrayNode();
        Arrays.stream(values()).filter(isWanted).forEach(mark -> {
            var at = mark.placeOn(face);
            array.addObject().put("Type", mark.type).put("X", (float) at.x()).put("Y", (float) at.y());
        });
        return array;
    }

    private FacePoint placeOn(Face face) {
        var found = FOUND.indexOf(this);
        if (found >= 0 && !face.marks().isEmpty()) {
            return face.marks().get(found);
        }
        var across = right;
        var below = down;
        for (int turn = 0; turn < face.quarterTurns(); turn++) { // with the clock: right becomes down
            var before = across;
            across = 1 - below;
            below = before;
        }
        return new FacePoint(
                face.box().left() + across * face.box().width(),
                face.box().top() + below * face.box().height());
    }
}
