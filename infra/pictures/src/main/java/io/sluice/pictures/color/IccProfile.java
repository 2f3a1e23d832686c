package io.sluice.pictures.color;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The profiles that cameras, phones and screens have (ICC.1:2022): a curve for each of red, green and blue, and a matrix.
 * Read in Java, because a profile is untrusted and libraries that read all of them are native. Profiles of tables
 * (printers, scanners), of gray and of CMYK are not read.
 */
final class IccProfile {
    static final int CHANNELS = 3;
    static final int VALUES = 256;

    private static final int HEADER = 128;
    private static final int SPACE = 16;
    private static final int CONNECTION = 20;
    private static final int MARK = 36;
    private static final int TAG = 12;
    private static final int MOST_TAGS = 200;
    private static final int LARGEST_TABLE = 4_096;
    private static final double FIXED = 65_536;
    /** Curves may be a little more or less than all light and none, and are not numbers when their formula is damaged. */
    private static final double SLACK = 0.2;

    private final double[][] curves;
    private final double[][] matrix;

    private IccProfile(double[][] curves, double[][] matrix) {
        this.curves = curves;
        this.matrix = matrix;
    }

    /** {@return how much light a value is of red (channel 0), green or blue, from 0 to 1} */
    double light(int channel, int value) {
        return curves[channel][value];
    }

    /** {@return how much a channel's light counts for X (row 0), Y or Z under D50} */
    double weight(int row, int channel) {
        return matrix[row][channel];
    }

    /** {@return the profile; empty when it is another kind of profile, or damaged} */
    static Optional<IccProfile> read(byte[] bytes) {
        try {
            return bytes.length > HEADER ? new Reader(ByteBuffer.wrap(bytes)).read() : Optional.empty();
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            return Optional.empty(); // a place or a length outside of the profile
        }
    }

    private record Reader(ByteBuffer file) {
        Optional<IccProfile> read() {
            if (!isAt(MARK, "acsp") || !isAt(SPACE, "RGB ") || !isAt(CONNECTION, "XYZ ")) {
                return Optional.empty();
            }
            var curves = new double[CHANNELS][];
            var matrix = new double[CHANNELS][CHANNELS];
            for (int channel = 0; channel < CHANNELS; channel++) {
                var color = "rgb".substring(channel, channel + 1);
                var column = find(color + "XYZ");
                var curve = find(color + "TRC");
                if (column == 0 || curve == 0 || !isAt(column, "XYZ ")) {
                    return Optional.empty();
                }
                for (int row = 0; row < CHANNELS; row++) {
                    matrix[row][channel] = fixed(column + 8 + 4 * row);
                }
                curves[channel] = curve(curve);
                if (curves[channel].length == 0
                        || !Arrays.stream(curves[channel]).allMatch(Reader::isLight)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new IccProfile(curves, matrix));
        }

        private static boolean isLight(double value) {
            return value > -SLACK && value < 1 + SLACK;
        }

        /** {@return where the data of a tag begins; 0 when there is no such tag} */
        private int find(String name) {
            var tags = Math.min(file.getInt(HEADER), MOST_TAGS);
            for (int i = 0; i < tags; i++) {
                var tag = HEADER + 4 + TAG * i;
                if (isAt(tag, name)) {
                    return file.getInt(tag + 4);
                }
            }
            return 0;
        }

        private double[] curve(int at) {
            if (isAt(at, "para")) {
                return parametric(file.getShort(at + 8), at + 12);
            }
            return isAt(at, "curv") ? sampled(file.getInt(at + 8), at + 12) : new double[0];
        }

        /** No sample is a straight line, one is an exponent, and more are a table (10.6). */
        private double[] sampled(int count, int at) {
            if (count < 0 || count > LARGEST_TABLE) {
                return new double[0];
            }
            var curve = new double[VALUES];
            for (int i = 0; i < VALUES; i++) {
                var x = i / (VALUES - 1.0);
                curve[i] = switch (count) {
                    case 0 -> x;
                    case 1 -> Math.pow(x, number16(at) / 256.0);
                    default -> {
                        var place = x * (count - 1);
                        var low = Math.min((int) place, count - 2);
                        var first = number16(at + 2 * low);
                        yield (first + (place - low) * (number16(at + 2 * low + 2) - first)) / 65_535.0;
                    }
                };
            }
            return curve;
        }

        /** Five kinds of formulas with up to seven parameters (10.18). */
        private double[] parametric(int kind, int at) {
            var count = switch (kind) {
                case 0 -> 1;
                case 1 -> 3;
                case 2 -> 4;
                case 3 -> 5;
                case 4 -> 7;
                default -> 0;
            };
            if (count == 0) {
                return new double[0];
            }
            var p = new double[7];
            for (int i = 0; i < count; i++) {
                p[i] = fixed(at + 4 * i);
            }
            var curve = new double[VALUES];
            for (int i = 0; i < VALUES; i++) {
                var x = i / (VALUES - 1.0);
                curve[i] = switch (kind) {
                    case 0 -> Math.pow(x, p[0]);
                    case 1 -> x >= -p[2] / p[1] ? Math.pow(p[1] * x + p[2], p[0]) : 0;
                    case 2 -> x >= -p[2] / p[1] ? Math.pow(p[1] * x + p[2], p[0]) + p[3] : p[3];
                    case 3 -> x >= p[4] ? Math.pow(p[1] * x + p[2], p[0]) : p[3] * x;
                    default -> x >= p[4] ? Math.pow(p[1] * x + p[2], p[0]) + p[5] : p[3] * x + p[6];
                };
            }
            return curve;
        }

        private int number16(int at) {
            return file.getShort(at) & 0xFFFF;
        }

        private double fixed(int at) {
            return file.getInt(at) / FIXED;
        }

        private boolean isAt(int at, String characters) {
            for (int i = 0; i < characters.length(); i++) {
                if (file.get(at + i) != characters.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
