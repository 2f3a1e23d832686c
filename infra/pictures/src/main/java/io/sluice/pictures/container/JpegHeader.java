package io.sluice.pictures.container;

import org.jspecify.annotations.Nullable;

/**
 * What the segments of a JPEG say about its scans: the frame, the tables, and whether a scan has what it needs (ITU-T
 * T.81, annex B). It finds what a decoder would refuse. Each method looks at one segment, whose bytes are there, and
 * returns what is wrong with it, or null.
 */
final class JpegHeader {
    private static final int TABLES = 4;
    private static final int COEFFICIENTS = 64;
    private static final int LONGEST_CODE = 16;
    private static final int MOST_CODES = 256;
    private static final int LARGEST_DC = 15;
    private static final int MOST_BLOCKS = 10;
    private static final int LEAST_BIT = 13;

    private final Bytes content;
    private final boolean[] hasQuantization = new boolean[TABLES];
    private final boolean[] hasDc = new boolean[TABLES];
    private final boolean[] hasAc = new boolean[TABLES];
    private int[] ids = {};
    private int[] blocks = {};
    private int[] quantizations = {};
    private boolean hasCodes;
    private boolean hasAllComponents;
    private int seen;
    private int marker;

    JpegHeader(Bytes content) {
        this.content = content;
    }

    int components() {
        return ids.length;
    }

    boolean isProgressive() {
        return marker == 0xC2 || marker == 0xCA;
    }

    boolean isArithmetic() {
        return marker >= 0xC9;
    }

    /** {@return whether the latest scan had all components} */
    boolean hasAllComponents() {
        return hasAllComponents;
    }

    @Nullable String quantization(int at, int end) {
        for (int table = at; table < end; ) {
            var flags = content.u8(table);
            var length = 1 + COEFFICIENTS * (flags >> 4 == 0 ? 1 : 2);
            if ((flags & 15) >= TABLES || table + length > end) {
                return "a damaged quantization table";
            }
            hasQuantization[flags & 15] = true;
            table += length;
        }
        return null;
    }

    @Nullable String codes(int at, int end) {
        hasCodes = true;
        for (int table = at; table < end; ) {
            var flags = content.u8(table);
            var place = flags & 15;
            if (flags >> 4 > 1 || place >= TABLES || table + 1 + LONGEST_CODE > end) {
                return "a damaged code table";
            }
            var count = 0;
            var next = 0;
            for (int length = 1; length <= LONGEST_CODE; length++) {
                var more = content.u8(table + length);
                count += more;
                next += more << (LONGEST_CODE - length);
                // the code of ones only is not used
                if (more > 0 && next >= (1 << LONGEST_CODE)) {
                    return "a damaged code table";
                }
            }
            var symbols = table + 1 + LONGEST_CODE;
            if (count > MOST_CODES
                    || symbols + count > end
                    || (flags >> 4 == 0 && largest(symbols, count) > LARGEST_DC)) {
                return "a damaged code table";
            }
            (flags >> 4 == 0 ? hasDc : hasAc)[place] = true;
            table = symbols + count;
        }
        return null;
    }

    private int largest(int at, int count) {
        var largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, content.u8(at + i));
        }
        return largest;
    }

    /** The tables of arithmetic codes. */
    @Nullable String conditioning(int at, int end) {
        for (int table = at; table + 2 <= end; table += 2) {
            var place = content.u8(table);
            var value = content.u8(table + 1);
            var isDc = place < 16;
            if (place >= 32 || (isDc && (value & 15) > value >> 4)) {
                return "a damaged table of arithmetic codes";
            }
        }
        return (end - at) % 2 == 0 ? null : "a damaged table of arithmetic codes";
    }

    @Nullable String frame(int kind, int at, int end) {
        if (ids.length > 0) {
            return "a second frame";
        }
        marker = kind;
        if (content.u8(at) != 8 || !isDecodable()) {
            return "a coding that is not in use (lossless, hierarchical or 12 bits)";
        }
        var count = content.u8(at + 5);
        if (count < 1 || count > 4 || count == 2 || end - at != 6 + 3 * count) {
            return "a frame of " + count + " components";
        }
        ids = new int[count];
        blocks = new int[count];
        quantizations = new int[count];
        var across = 1;
        var down = 1;
        for (int i = 0; i < count; i++) {
            ids[i] = content.u8(at + 6 + 3 * i);
            var sampling = content.u8(at + 7 + 3 * i);
            if (sampling >> 4 < 1 || sampling >> 4 > 4 || (sampling & 15) < 1 || (sampling & 15) > 4) {
                return "a frame of unknown sampling";
            }
            blocks[i] = (sampling >> 4) * (sampling & 15);
            quantizations[i] = content.u8(at + 8 + 3 * i);
            across = Math.max(across, sampling >> 4);
            down = Math.max(down, sampling & 15);
        }
        for (int i = 0; i < count; i++) {
            var sampling = content.u8(at + 7 + 3 * i);
            // decoders do not compute parts of pixels
            if (across % (sampling >> 4) != 0 || down % (sampling & 15) != 0) {
                return "a frame of unknown sampling";
            }
        }
        return null;
    }

    @Nullable String scan(int at, int end) {
        if (ids.length == 0) {
            return "a scan without a frame";
        }
        var count = content.u8(at);
        if (count < 1 || count > ids.length || end - at != 4 + 2 * count) {
            return "a scan of " + count + " components";
        }
        var bounds = at + 1 + 2 * count;
        var first = isProgressive() ? content.u8(bounds) : 0;
        var last = isProgressive() ? content.u8(bounds + 1) : COEFFICIENTS - 1;
        var high = isProgressive() ? content.u8(bounds + 2) >> 4 : 0;
        var low = isProgressive() ? content.u8(bounds + 2) & 15 : 0;
        var legal = !isProgressive()
                || ((first == 0 ? last == 0 : last >= first && last < COEFFICIENTS && count == 1)
                        && (high == 0 || low == high - 1)
                        && low <= LEAST_BIT);
        if (!legal) {
            return "a scan of unknown coefficients";
        }
        var sum = 0;
        var inScan = 0;
        for (int i = 0; i < count; i++) {
            var component = indexOf(content.u8(at + 1 + 2 * i), inScan);
            if (component < 0) {
                return "a scan of an unknown component";
            }
            inScan |= 1 << component;
            sum += blocks[component];
            var tables = content.u8(at + 2 + 2 * i);
            var lacks = lacks(component, tables >> 4, tables & 15, first == 0 && high == 0, last > 0);
            if (lacks != null) {
                return lacks;
            }
        }
        if (count > 1 && sum > MOST_BLOCKS) {
            return "a scan of " + sum + " blocks at a time";
        }
        seen |= inScan;
        hasAllComponents = inScan == (1 << ids.length) - 1;
        return null;
    }

    /** {@return whether each component was in a scan} */
    boolean hasSeenAll() {
        return seen == (1 << ids.length) - 1;
    }

    private int indexOf(int id, int taken) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id && ((taken >> i) & 1) == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Without any code tables decoders take those of the standard. */
    private @Nullable String lacks(int component, int dc, int ac, boolean needsDc, boolean needsAc) {
        var quantization = quantizations[component];
        if (quantization >= TABLES || !hasQuantization[quantization]) {
            return "a scan without its quantization table";
        }
        if (dc >= TABLES || ac >= TABLES) {
            return "a scan without its code table";
        }
        var hasTables = (!needsDc || hasDc[dc]) && (!needsAc || hasAc[ac]);
        return hasTables || !hasCodes || isArithmetic() ? null : "a scan without its code table";
    }

    /** Baseline, extended and progressive, Huffman- or arithmetic-coded. */
    private boolean isDecodable() {
        return marker <= 0xC2 || marker == 0xC9 || marker == 0xCA;
    }
}
