package io.sluice.pictures.color;

import static io.sluice.pictures.color.IccProfile.CHANNELS;
import static io.sluice.pictures.color.IccProfile.VALUES;

import io.sluice.pictures.decode.Picture;
import java.util.Optional;

/**
 * Converts a picture from the colors of its profile, such as Display P3 or Adobe RGB, to sRGB (IEC 61966-2-1), which is
 * what a picture without a profile is shown in. Colors that sRGB does not have become the nearest by channel.
 */
public final class SrgbConversion {
    /** The inverse of the matrix that makes XYZ of linear sRGB, adapted to D50 after Bradford. */
    private static final double[][] FROM_XYZ = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    /** So many steps of light that a step is less than a fifth of a value where the curve is steepest. */
    private static final int STEPS = 1 << 14;

    private static final byte[] ENCODED = encoded();

    /** A profile that shows white darker than this, black lighter, or darks lighter than lights is damaged. */
    private static final int WHITE = 225;

    private static final int BLACK = 30;

    /** Published profiles of sRGB round its numbers differently, and differ by so much. */
    private static final int SAME = 2;

    private final float[][] light = new float[CHANNELS][VALUES];
    private final float[] matrix = new float[CHANNELS * CHANNELS];

    private SrgbConversion(IccProfile profile) {
        for (int row = 0; row < CHANNELS; row++) {
            for (int column = 0; column < CHANNELS; column++) {
                var sum = 0.0;
                for (int i = 0; i < CHANNELS; i++) {
                    sum += FROM_XYZ[row][i] * profile.weight(i, column);
                }
                matrix[row * CHANNELS + column] = (float) sum * (STEPS - 1);
            }
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int value = 0; value < VALUES; value++) {
                light[channel][value] = (float) profile.light(channel, value);
            }
        }
    }

    /**
     * Returns the conversion from a profile.
     *
     * @param profile an ICC profile, or any bytes
     * @return empty when there is nothing to convert: the profile is that of sRGB, is damaged, or is of a kind that
     *     {@link IccProfile} does not read
     */
    public static Optional<SrgbConversion> from(byte[] profile) {
        return IccProfile.read(profile)
                .map(SrgbConversion::new)
                .filter(conversion -> conversion.isPlausible() && conversion.changesColors());
    }

    /** {@return the picture in sRGB} */
    public Picture convert(Picture picture) {
        var from = picture.rgb();
        var to = new byte[from.length];
        for (int at = 0; at < from.length; at += CHANNELS) {
            convert(from, to, at);
        }
        return new Picture(picture.width(), picture.height(), to);
    }

    private void convert(byte[] from, byte[] to, int at) {
        var red = light[0][from[at] & 0xFF];
        var green = light[1][from[at + 1] & 0xFF];
        var blue = light[2][from[at + 2] & 0xFF];
        to[at] = encode(matrix[0] * red + matrix[1] * green + matrix[2] * blue);
        to[at + 1] = encode(matrix[3] * red + matrix[4] * green + matrix[5] * blue);
        to[at + 2] = encode(matrix[6] * red + matrix[7] * green + matrix[8] * blue);
    }

    private static byte encode(float light) {
        return ENCODED[Math.max(0, Math.min(STEPS - 1, (int) (light + 0.5f)))];
    }

    private static byte[] encoded() {
        var encoded = new byte[STEPS];
        for (int i = 0; i < STEPS; i++) {
            var x = i / (STEPS - 1.0);
            var value = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
            encoded[i] = (byte) Math.round(value * (VALUES - 1));
        }
        return encoded;
    }

    private boolean isPlausible() {
        var before = converted(0, 0, 0);
        if (before[0] > BLACK || before[1] > BLACK || before[2] > BLACK) {
            return false;
        }
        for (int value = 0; value < VALUES; value++) {
            var after = converted(value, value, value);
            for (int channel = 0; channel < CHANNELS; channel++) {
                if (after[channel] < before[channel]) {
                    return false;
                }
            }
            before = after;
        }
        return before[0] >= WHITE && before[1] >= WHITE && before[2] >= WHITE;
    }

    private boolean changesColors() {
        var step = VALUES / 5;
        for (int color = 0; color < 6 * 6 * 6; color++) {
            var from = new int[] {color % 6 * step, color / 6 % 6 * step, color / 36 * step};
            var to = converted(from[0], from[1], from[2]);
            for (int channel = 0; channel < CHANNELS; channel++) {
                if (Math.abs(to[channel] - from[channel]) > SAME) {
                    return true;
                }
            }
        }
        return false;
    }

    private int[] converted(int red, int green, int blue) {
        var to = new byte[CHANNELS];
        convert(new byte[] {(byte) red, (byte) green, (byte) blue}, to, 0);
        return new int[] {to[0] & 0xFF, to[1] & 0xFF, to[2] & 0xFF};
    }
}
