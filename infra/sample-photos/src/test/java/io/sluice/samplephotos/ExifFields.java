package io.sluice.samplephotos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Reads the Exif of a JPEG that has it first, and with the highest byte first. It shares no code with the writer. */
final class ExifFields {
    private static final int TIFF_AT = 12;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int GPS_DIRECTORY = 0x8825;

    private final ByteBuffer tiff;
    private final Map<Integer, String> fields = new TreeMap<>();

    private ExifFields(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /** {@return the values by tag, those of the directories below the first one included} */
    static Map<Integer, String> of(byte[] jpeg) {
        var head = ByteBuffer.wrap(jpeg);
        if (head.getInt() != 0xFFD8FFE1) {
            return Map.of();
        }
        var length = Short.toUnsignedInt(head.getShort());
        var tiff = ByteBuffer.wrap(jpeg, TIFF_AT, length - Short.BYTES - "Exif\0\0".length());
        var exif = new ExifFields(tiff.slice());
        exif.read(exif.tiff.getInt(4));
        return exif.fields;
    }

    private void read(int directory) {
        var entries = tiff.getShort(directory);
        for (int i = 0; i < entries; i++) {
            var at = directory + 2 + 12 * i;
            var tag = Short.toUnsignedInt(tiff.getShort(at));
            if (tag == EXIF_DIRECTORY || tag == GPS_DIRECTORY) {
                read(tiff.getInt(at + 8));
            }
            fields.put(tag, value(tiff.getShort(at + 2), tiff.getInt(at + 4), at + 8));
        }
    }

    private String value(int type, int count, int at) {
        return switch (type) {
            case 2 -> text(count <= 4 ? at : tiff.getInt(at), count - 1);
            case 3 -> String.valueOf(tiff.getShort(at));
            case 5 -> rationals(tiff.getInt(at), count);
            default -> String.valueOf(tiff.getInt(at));
        };
    }

    private String text(int at, int length) {
        var bytes = new byte[length];
        tiff.get(at, bytes);
        return new String(bytes, ISO_8859_1);
    }

    private String rationals(int at, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append((double) tiff.getInt(at + 8 * i) / tiff.getInt(at + 8 * i + 4));
        }
        return text.toString();
    }
}
