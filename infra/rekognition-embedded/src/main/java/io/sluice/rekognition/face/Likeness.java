package io.sluice.rekognition.face;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Whom a face shows, and how clearly. It takes the place of the vector that the real service computes.
 *
 * @param who the same text for the same person: the number of a drawn person, or the hash of the pixels of a face that no
 *     marker names
 * @param clarity 0 to 1: less when the face is small or turned
 */
public record Likeness(String who, double clarity) {
    private static final double BEST = 99.99;
    private static final double MOST_BLURRED = 0.45;
    private static final double STRANGERS = 45;

    /** {@return the likeness of a drawn person} */
    static Likeness ofPerson(int number, double clarity) {
        return new Likeness("person:" + Integer.toUnsignedString(number), clarity);
    }

    /** {@return the likeness of a face without a marker; only the same pixels are similar to it} */
    static Likeness ofPixels(String hash) {
        return new Likeness("pixels:" + hash, 1);
    }

    /**
     * How similar two faces are, in percent. The same person has above 99, and two persons have below {@value #STRANGERS}.
     * The same two faces always have the same similarity.
     */
    public double similarityTo(Likeness other) {
        if (who.equals(other.who)) {
            return BEST - MOST_BLURRED * (1 - clarity) - MOST_BLURRED * (1 - other.clarity);
        }
        var crc = new CRC32C();
        var inOrder = who.compareTo(other.who) < 0 ? who + ' ' + other.who : other.who + ' ' + who;
        crc.update(inOrder.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue() % (STRANGERS * 100) / 100;
    }
}
