package io.sluice.pictures.container;

import java.util.Arrays;

/**
 * Reads the Huffman codes of all scans of a JPEG, to see whether every block of the picture is there and with all its
 * bits. No value is computed; of a progressive picture it is kept which coefficients are not zero, because the codes of
 * later scans depend on it. That takes about as long as decoding the picture. Arithmetic codes are not read.
 */
final class JpegScans {
    private static final int BLOCK = 8;
    private static final int COEFFICIENTS = 64;
    private static final int TABLES = 4;
    private static final int NEVER = 99;

    private final Bytes content;
    private final JpegCodes[] dc = new JpegCodes[TABLES];
    private final JpegCodes[] ac = new JpegCodes[TABLES];
    private Component[] components = {};
    private boolean isProgressive;
    private int interval;
    private JpegBits bits = new JpegBits(new Bytes(new byte[0]), 0);
    private int endOfBand;

    /** Reads a file that has no bytes between its segments. */
    JpegScans(byte[] jpeg) {
        this.content = new Bytes(jpeg);
    }

    /** One color of the picture: its blocks, and how many low bits each coefficient still lacks. */
    private static final class Component {
        private final int id;
        private final int across;
        private final int down;
        private final int columns;
        private final int rows;
        private final int stride;
        private final long[] notZero;
        private final int[] lacking = new int[COEFFICIENTS];

        private Component(int id, int sampling, Frame frame) {
            this.id = id;
            this.across = sampling >> 4;
            this.down = sampling & 15;
            this.columns = up(up(frame.width * across, frame.across), BLOCK);
            this.rows = up(up(frame.height * down, frame.down), BLOCK);
            this.stride = frame.columns() * across;
            this.notZero = frame.keeps ? new long[stride * frame.rows() * down] : new long[0];
            Arrays.fill(lacking, NEVER);
        }
    }

    private record Frame(int width, int height, int across, int down, boolean keeps) {
        int columns() {
            return up(width, BLOCK * across);
        }

        int rows() {
            return up(height, BLOCK * down);
        }
    }

    /** The codes of a component in a scan, and the coefficients that the scan is about. */
    private record Scan(int first, int last, int high, int low) {}

    private record Coded(Component component, int dc, int ac) {}

    /** {@return how many bytes follow the last code of the last scan that was read, up to the next marker} */
    int surplus() {
        return bits.surplus();
    }

    /** {@return whether all scans are whole and all coefficients are there} */
    boolean areWhole() {
        Frame frame = null;
        for (int at = 2; content.has(at, 4); ) {
            var marker = content.u8(at + 1);
            var length = content.bigEndian16(at + 2);
            if (content.u8(at) != 0xFF || !content.has(at + 2L, length)) {
                return false;
            }
            var next = at + 2 + length;
            switch (marker) {
                case 0xC4 -> {
                    if (!tables(at + 4, next)) {
                        return false;
                    }
                }
                case 0xDD -> interval = content.bigEndian16(at + 4);
                case 0xC0, 0xC1, 0xC2 -> frame = frame(at, marker == 0xC2);
                case 0xDA -> {
                    if (frame == null || !scan(at, next, frame)) {
                        return false;
                    }
                    next = bits.end();
                }
                default -> {
                    if (marker >= 0xC3 && marker <= 0xCF && marker != 0xC4) {
                        return false; // other codes
                    }
                }
            }
            at = next;
        }
        return components.length > 0
                && Arrays.stream(components)
                        .allMatch(component -> Arrays.stream(component.lacking).allMatch(missing -> missing == 0));
    }

    private boolean tables(int from, int end) {
        for (int at = from; at + 17 <= end; ) {
            var place = content.u8(at);
            var codes = JpegCodes.read(content, at + 1, end);
            if (codes == null || (place & 15) >= TABLES || place >> 4 > 1) {
                return false;
            }
            (place >> 4 == 0 ? dc : ac)[place & 15] = codes;
            at += 17 + codes.count();
        }
        return true;
    }

    private Frame frame(int at, boolean progressive) {
        isProgressive = progressive;
        var count = content.u8(at + 9);
        var across = 1;
        var down = 1;
        for (int i = 0; i < count; i++) {
            across = Math.max(across, content.u8(at + 11 + 3 * i) >> 4);
            down = Math.max(down, content.u8(at + 11 + 3 * i) & 15);
        }
        var frame = new Frame(content.bigEndian16(at + 7), content.bigEndian16(at + 5), across, down, progressive);
        components = new Component[count];
        for (int i = 0; i < count; i++) {
            components[i] = new Component(content.u8(at + 10 + 3 * i), content.u8(at + 11 + 3 * i), frame);
        }
        return frame;
    }

    private boolean scan(int at, int data, Frame frame) {
        var count = content.u8(at + 4);
        var coded = new Coded[count];
        for (int i = 0; i < count; i++) {
            var id = content.u8(at + 5 + 2 * i);
            var place = content.u8(at + 6 + 2 * i);
            var component = Arrays.stream(components).filter(c -> c.id == id).findFirst();
            if (component.isEmpty() || place >> 4 >= TABLES || (place & 15) >= TABLES) {
                return false;
            }
            coded[i] = new Coded(component.get(), place >> 4, place & 15);
        }
        var bounds = at + 5 + 2 * count;
        var scan = isProgressive
                ? new Scan(
                        content.u8(bounds),
                        content.u8(bounds + 1),
                        content.u8(bounds + 2) >> 4,
                        content.u8(bounds + 2) & 15)
                : new Scan(0, COEFFICIENTS - 1, 0, 0);
        if (scan.last >= COEFFICIENTS || scan.first > scan.last || !hasTables(scan, coded)) {
            return false;
        }
        for (var one : coded) {
            Arrays.fill(one.component.lacking, scan.first, scan.last + 1, scan.low);
        }
        bits = new JpegBits(content, data);
        endOfBand = 0;
        return count == 1 ? alone(scan, coded[0]) : together(scan, coded, frame);
    }

    private boolean hasTables(Scan scan, Coded[] coded) {
        return Arrays.stream(coded)
                .allMatch(one -> (scan.first > 0 || scan.high > 0 || dc[one.dc] != null)
                        && (scan.last == 0 || ac[one.ac] != null));
    }

    /** A scan of one component has just the blocks that the picture needs. */
    private boolean alone(Scan scan, Coded one) {
        var blocks = one.component.columns * one.component.rows;
        for (int i = 0; i < blocks; i++) {
            var place = i / one.component.columns * one.component.stride + i % one.component.columns;
            if (!restart(i) || !block(scan, one, place)) {
                return false;
            }
        }
        return true;
    }

    /** A scan of several components has units of some blocks of each; the last of a row may be outside the picture. */
    private boolean together(Scan scan, Coded[] coded, Frame frame) {
        var units = frame.columns() * frame.rows();
        for (int i = 0; i < units; i++) {
            if (!restart(i)) {
                return false;
            }
            for (var one : coded) {
                var component = one.component;
                for (int j = 0; j < component.across * component.down; j++) {
                    var y = i / frame.columns() * component.down + j / component.across;
                    var x = i % frame.columns() * component.across + j % component.across;
                    if (!block(scan, one, y * component.stride + x)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean restart(int unit) {
        if (interval == 0 || unit == 0 || unit % interval != 0) {
            return true;
        }
        endOfBand = 0;
        return bits.restart();
    }

    private boolean block(Scan scan, Coded one, int place) {
        if (!isProgressive) {
            return bits.skipValue(dc[one.dc]) && rest(scan, one, place);
        }
        if (scan.first == 0) {
            return scan.high == 0 ? bits.skipValue(dc[one.dc]) : bits.skip(1);
        }
        return scan.high == 0 ? rest(scan, one, place) : refined(scan, one, place);
    }

    /** Coefficients that come for the first time. */
    private boolean rest(Scan scan, Coded one, int place) {
        if (endOfBand > 0) {
            endOfBand--;
            return true;
        }
        for (int k = Math.max(1, scan.first); k <= scan.last; k++) {
            var code = bits.code(ac[one.ac]);
            var run = code >> 4;
            var size = code & 15;
            if (code < 0) {
                return false;
            }
            if (size == 0 && run < 15) {
                return endOfBand(run, 1);
            }
            k += run;
            if (size > 0 && (k > scan.last || !bits.skip(size))) {
                return false;
            }
            if (size > 0 && isProgressive) {
                one.component.notZero[place] |= 1L << k;
            }
        }
        return true;
    }

    private boolean endOfBand(int run, int done) {
        if (!isProgressive) {
            return run == 0;
        }
        var low = bits.take(run);
        endOfBand = (1 << run) + low - done;
        return low >= 0;
    }

    /** One more bit of coefficients that came before, and those that come now with their first bit. */
    private boolean refined(Scan scan, Coded one, int place) {
        var notZero = one.component.notZero;
        var k = scan.first;
        while (endOfBand == 0 && k <= scan.last) {
            var code = bits.code(ac[one.ac]);
            var run = code >> 4;
            var size = code & 15;
            if (code < 0 || size > 1 || !bits.skip(size)) {
                return false;
            }
            if (size == 0 && run < 15) {
                if (!endOfBand(run, 0)) {
                    return false;
                }
                break;
            }
            for (; k <= scan.last; k++) {
                if (((notZero[place] >> k) & 1) != 0) {
                    if (!bits.skip(1)) {
                        return false;
                    }
                } else if (--run < 0) {
                    break;
                }
            }
            if (size == 1 && k <= scan.last) {
                notZero[place] |= 1L << k;
            }
            k++;
        }
        if (endOfBand > 0) {
            endOfBand--;
            var already = notZero[place] & (-1L << k) & (-1L >>> (COEFFICIENTS - 1 - scan.last));
            return k > scan.last || bits.skip(Long.bitCount(already));
        }
        return true;
    }

    private static int up(int number, int step) {
        return (number + step - 1) / step;
    }
}
