package io.sluice.pictures.container;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates the data of a PNG whose end chunk is missing, to see whether it has all rows. Nothing is kept. */
final class PngData {
    private static final int BUFFER = 16 * 1024;
    /** Adam7 (W3C PNG third edition, 8): the first column and row of each pass, and the steps between them. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[] CHANNELS = {1, 0, 3, 1, 2, 0, 4};

    private final Bytes content;

    /** Reads the chunks that a decoder gets, all of which are complete. */
    PngData(byte[] png) {
        this.content = new Bytes(png);
    }

    /** {@return whether they hold a whole zlib stream with exactly all rows} */
    boolean isWhole() {
        var buffer = new byte[BUFFER];
        var rows = rows();
        var inflated = 0L;
        try (var inflater = new Inflater()) {
            for (int at = PngContainer.SIGNATURE; content.has(at, PngContainer.FRAMING); ) {
                var length = content.bigEndian32(at);
                if (content.isAt(at + 4, "IDAT")) {
                    inflater.setInput(content.array(), at + 8, (int) length);
                    for (int n; inflated <= rows && (n = inflater.inflate(buffer)) > 0; ) {
                        inflated += n;
                    }
                }
                at += PngContainer.FRAMING + (int) length;
            }
            return inflater.finished() && inflated == rows;
        } catch (DataFormatException e) {
            return false;
        }
    }

    /** {@return the bytes of all rows, each of which begins with the number of its filter} */
    private long rows() {
        var header = PngContainer.SIGNATURE + 8;
        var width = content.bigEndian32(header);
        var height = content.bigEndian32(header + 4);
        var bits = content.u8(header + 8) * CHANNELS[content.u8(header + 9)];
        if (content.u8(header + 12) == 0) {
            return rows(width, height, bits);
        }
        var bytes = 0L;
        for (var pass : PASSES) {
            bytes += rows(steps(width, pass[0], pass[2]), steps(height, pass[1], pass[3]), bits);
        }
        return bytes;
    }

    private static long rows(long width, long height, int bits) {
        return width == 0 ? 0 : height * (1 + (width * bits + 7) / 8);
    }

    private static long steps(long length, int from, int step) {
        return Math.max(0, (length - from + step - 1) / step);
    }
}
