package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.rekognition.face.Face;
import io.sluice.rekognition.protocol.Attribute;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What a face looks like. The values are made up: they have the shapes of real ones, and the same person always has the
 * same.
 */
final class Looks {
    private static final List<String> EMOTIONS =
            List.of("CALM", "HAPPY", "SAD", "ANGRY", "CONFUSED", "DISGUSTED", "SURPRISED", "FEAR");

    private static final int YOUNGEST = 18;
    private static final int AGES = 50;
    private static final int AGE_SPAN = 8;

    private final Random random;

    private Looks(Random random) {
        this.random = random;
    }

    static Looks of(Face face) {
        return new Looks(new Random(face.likeness().who().hashCode()));
    }

    /** Adds the attributes that the caller wants. Every one is drawn, so that none depends on which are wanted. */
    void addTo(ObjectNode detail, Set<Attribute> wanted) {
        var youngest = YOUNGEST + random.nextInt(AGES);
        if (wanted.contains(Attribute.AGE_RANGE)) {
            detail.putObject("AgeRange").put("Low", youngest).put("High", youngest + AGE_SPAN);
        }
        addFlag(detail, "Smile", Attribute.SMILE, wanted);
        addFlag(detail, "Eyeglasses", Attribute.EYEGLASSES, wanted);
        addFlag(detail, "Sunglasses", Attribute.SUNGLASSES, wanted);
        addFlag(detail, "Beard", Attribute.BEARD, wanted);
        addFlag(detail, "Mustache", Attribute.MUSTACHE, wanted);
        addFlag(detail, "EyesOpen", Attribute.EYES_OPEN, wanted);
        addFlag(detail, "MouthOpen", Attribute.MOUTH_OPEN, wanted);
        addFlag(detail, "FaceOccluded", Attribute.FACE_OCCLUDED, wanted);
        var isMale = random.nextBoolean();
        var sureness = sureness();
        if (wanted.contains(Attribute.GENDER)) {
            detail.putObject("Gender").put("Value", isMale ? "Male" : "Female").put("Confidence", sureness);
        }
        var mood = random.nextInt(EMOTIONS.size());
        if (wanted.contains(Attribute.EMOTIONS)) {
            var emotions = detail.putArray("Emotions");
            for (int i = 0; i < EMOTIONS.size(); i++) { // the strongest first
                emotions.addObject()
                        .put("Type", EMOTIONS.get((mood + i) % EMOTIONS.size()))
                        .put("Confidence", i == 0 ? sureness : (float) (EMOTIONS.size() - i) / 10);
            }
        }
        if (wanted.contains(Attribute.EYE_DIRECTION)) {
            detail.putObject("EyeDirection").put("Yaw", 0f).put("Pitch", 0f).put("Confidence", sureness);
        }
    }

    private void addFlag(ObjectNode detail, String name, Attribute attribute, Set<Attribute> wanted) {
        var value = random.nextBoolean();
        var sureness = sureness();
        if (wanted.contains(attribute)) {
            detail.putObject(name).put("Value", value).put("Confidence", sureness);
        }
    }

    /** {@return a confidence, in percent} */
    private float sureness() {
        return 90 + 10 * random.nextFloat();
    }
}
