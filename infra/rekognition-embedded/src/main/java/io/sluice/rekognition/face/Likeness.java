package io.sluice.rekognition.face;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Whom a face shows, and how clearly. It takes the place of the vector that the real service computes.
 *
 * @param who the same text for the same person: the number of a drawn person, or the hash of the pixels of a face that no
 *     marker names
 * @param clarity 0 to 1: less when the face is small or turned
 * @param vector what a model says of a face that no marker names; null when no model has seen it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Likeness(String who, double clarity, @Nullable FaceVector vector) {
    private static final double BEST = 99.99;
    private static final double MOST_BLURRED = 0.45;
    private static final double STRANGERS = 45;

    /** {@return the likeness of a drawn person} */
    static Likeness ofPerson(int number, double clarity) {
        return new Likeness("person:" + Integer.toUnsignedString(number), clarity, null);
    }

    /** {@return the likeness of a face without a marker; only the same pixels are similar to it} */
    static Likeness ofPixels(String hash) {
        return new Likeness("pixels:" + hash, 1, null);
    }

    /** {@return the likeness of a face that a model has described} */
    static Likeness ofPixels(String hash, FaceVector vector) {
        return new Likeness("pixels:" + hash, 1, vector);
    }

    /** {@return the model that has described the face; empty when none has} */
    public Optional<String> model() {
        return Optional.ofNullable(vector).map(FaceVector::model);
    }

    /**
     * How similar two faces are, in percent. The same drawn person has above 99, and two of them have below
     * {@value #STRANGERS}. Two faces that the same model has described have what {@link FaceVector} says. The same two faces
     * always have the same similarity.
     */
    public double similarityTo(Likeness other) {
        if (vector != null && other.vector != null && vector.isComparableWith(other.vector)) {
            return vector.similarityTo(other.vector);
        }
        if (who.equals(other.who)) {
            return BEST - MOST_BLURRED * (1 - clarity) - MOST_BLURRED * (1 - other.clarity);
        }
        var crc = new CRC32C();
        var inOrder = who.compareTo(other.who) < 0 ? who + ' ' + other.who : other.who + ' ' + who;
        crc.update(inOrder.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue() % (STRANGERS * 100) / 100;
    }
}
