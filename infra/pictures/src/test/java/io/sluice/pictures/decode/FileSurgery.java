package io.sluice.pictures.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Puts bytes into files, and takes bytes out, at places where their formats have a meaning. */
public final class FileSurgery {
    private FileSurgery() {}

    public static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] joined(byte[]... parts) {
        var out = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(out::put);
        return out.array();
    }

    public static byte[] inserted(byte[] file, int at, byte[] bytes) {
        return joined(Arrays.copyOf(file, at), bytes, Arrays.copyOfRange(file, at, file.length));
    }

    public static byte[] removed(byte[] file, int at, int count) {
        return joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + count, file.length));
    }

    public static byte[] withByte(byte[] file, int at, int value) {
        var changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** {@return where these characters, one byte each, stand for the first time} */
    public static int find(byte[] file, String characters) {
        var at = new String(file, StandardCharsets.ISO_8859_1).indexOf(characters);
        if (at < 0) {
            throw new IllegalArgumentException("not there: " + characters);
        }
        return at;
    }

    public static byte[] pngChunk(String type, byte[] data) {
        var named = joined(bytes(type), data);
        var crc = new CRC32();
        crc.update(named);
        return joined(
                ByteBuffer.allocate(4).putInt(data.length).array(),
                named,
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** {@return a PNG with a chunk before its data} */
    public static byte[] withChunk(byte[] png, String type, byte[] data) {
        return inserted(png, find(png, "IDAT") - 4, pngChunk(type, data));
    }

    public static byte[] riffChunk(String type, byte[] data) {
        var size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(data.length);
        return joined(bytes(type), size.array(), data, new byte[data.length & 1]);
    }

    /** {@return the extended form of a WebP of one chunk, with another chunk behind it} */
    public static byte[] extendedWebp(byte[] webp, int flags, int width, int height, byte[] chunk) {
        var header = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(flags);
        header.putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1));
        var chunks = joined(riffChunk("VP8X", header.array()), Arrays.copyOfRange(webp, 12, webp.length), chunk);
        return riffChunk("RIFF", joined(bytes("WEBP"), chunks));
    }

    /** {@return a block that says nothing but the orientation} */
    public static byte[] exif(ByteOrder order, int orientation) {
        return ByteBuffer.allocate(26)
                .order(order)
                .put(bytes(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    public static byte[] jpegSegment(int marker, byte[] data) {
        var length = ByteBuffer.allocate(2).putShort((short) (data.length + 2));
        return joined(new byte[] {(byte) 0xFF, (byte) marker}, length.array(), data);
    }
}
