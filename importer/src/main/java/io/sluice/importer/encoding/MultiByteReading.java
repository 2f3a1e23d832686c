package io.sluice.importer.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.mozilla.universalchardet.prober.distributionanalysis.CharDistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.JISDistributionAnalysis;

/**
 * Reads a sample of a file in an East Asian encoding. How often its characters are used is known by juniversalchardet.
 */
final class MultiByteReading {
    private static final double KANA = -4.5;
    private static final double FREQUENT = -6.5;
    private static final double RARE = -11;
    private static final double FOREIGN = -14;
    private static final double BESIDE_UPPER = -9;
    private static final double BESIDE_LOWER = -10;
    /** The analysis gives no answer about fewer characters. */
    private static final int REPEATED = CharDistributionAnalysis.MINIMUM_DATA_THRESHOLD + 1;

    private final Charset charset;
    private final CharDistributionAnalysis frequencies;
    private final boolean isJapanese;

    MultiByteReading(Charset charset, CharDistributionAnalysis frequencies) {
        this.charset = charset;
        this.frequencies = frequencies;
        this.isJapanese = frequencies instanceof JISDistributionAnalysis;
    }

    /** {@return the mean log-probability for each byte outside ASCII} */
    double scorePerByte(byte[] sample) {
        var text = charset.decode(ByteBuffer.wrap(sample));
        double sum = 0;
        char before = '\n';
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x80 && !Character.isLowSurrogate(c)) {
                sum += score(c) + besideLatin(before);
            } else if (before >= 0x80) {
                sum += besideLatin(c);
            }
            before = c;
        }
        int high = 0;
        for (var b : sample) {
            high += b < 0 ? 1 : 0;
        }
        return sum / Math.max(1, high);
    }

    private double score(char c) {
        if (c == '\uFFFD' || Character.getType(c) == Character.PRIVATE_USE || Character.isISOControl(c)) {
            return Symbols.NO_TEXT;
        }
        if (c >= 0x3040 && c <= 0x30FF) {
            return isJapanese ? KANA : RARE;
        }
        if ((c >= 0xFF61 && c <= 0xFF9F) || Character.isHighSurrogate(c)) {
            return RARE;
        }
        if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF5E)) {
            return FREQUENT;
        }
        if (!Character.isIdeographic(c) && !(c >= 0xAC00 && c <= 0xD7A3)) {
            return FOREIGN;
        }
        return isFrequent(String.valueOf(c).getBytes(charset)) ? FREQUENT : RARE;
    }

    private boolean isFrequent(byte[] character) {
        if (character.length != 2) {
            return false;
        }
        frequencies.reset();
        for (int i = 0; i < REPEATED; i++) {
            frequencies.handleOneChar(character, 0, character.length);
        }
        return frequencies.getConfidence() > 0.5;
    }

    private static double besideLatin(char c) {
        return c >= 'A' && c <= 'Z' ? BESIDE_UPPER : c >= 'a' && c <= 'z' ? BESIDE_LOWER : 0;
    }
}
