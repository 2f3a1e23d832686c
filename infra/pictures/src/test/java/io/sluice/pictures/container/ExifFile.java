package io.sluice.pictures.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes blocks of Exif as cameras do: a directory, one with details of the picture, and one with its place. */
public final class ExifFile {
    public static final int TIME = 0x9003;
    public static final int OFFSET = 0x9011;
    public static final int FRACTION = 0x9291;

    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int GPS_AREA = 0x001C;

    private final ByteOrder order;
    private final SortedMap<Integer, String> details = new TreeMap<>();
    private int orientation = 1;
    private String place = "";

    public ExifFile(ByteOrder order) {
        this.order = order;
    }

    public ExifFile orientation(int value) {
        this.orientation = value;
        return this;
    }

    /** Adds a text to the directory of details. */
    public ExifFile with(int tag, String text) {
        details.put(tag, text);
        return this;
    }

    /** Adds the name of a place to the directory of GPS. */
    public ExifFile place(String name) {
        this.place = name;
        return this;
    }

    /** {@return the block, with its texts behind the directories} */
    public byte[] bytes() {
        var first = HEADER;
        var second = first + 2 + 3 * ENTRY + 4;
        var third = second + 2 + details.size() * ENTRY + 4;
        var texts = third + 2 + ENTRY + 4;
        var data = new ByteArrayOutputStream();
        var out = ByteBuffer.allocate(texts).order(order);
        out.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) 42).putInt(first);
        out.putShort((short) 3);
        out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        out.putShort((short) orientation).putShort((short) 0);
        out.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(second);
        out.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(third);
        out.putInt(0);
        texts(out, details, texts, data);
        texts(out, Map.of(GPS_AREA, place), texts, data);
        data.writeBytes(new byte[2]);
        return ByteBuffer.allocate(texts + data.size())
                .put(out.array())
                .put(data.toByteArray())
                .array();
    }

    private static void texts(ByteBuffer out, Map<Integer, String> entries, int texts, ByteArrayOutputStream data) {
        out.putShort((short) entries.size());
        entries.forEach((tag, text) -> {
            var bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
            out.putShort(tag.shortValue()).putShort((short) 2).putInt(bytes.length);
            if (bytes.length <= 4) {
                out.put(bytes).put(new byte[4 - bytes.length]);
            } else {
                out.putInt(texts + data.size());
                data.writeBytes(bytes);
            }
        });
        out.putInt(0);
    }
}
