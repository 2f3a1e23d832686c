package io.sluice.pictures.container;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a file says about its picture beside the pixels: its Exif block and its color profile. Containers add what they
 * come across. A profile is only noted, and is put together when it is asked for.
 */
final class Metadata {
    /** Profiles of cameras and screens have 0.5 to 4 kB, those of printers up to 2 MB. Longer ones are ignored. */
    static final int LONGEST_PROFILE = 1 << 20;

    private static final String JPEG_PROFILE = "ICC_PROFILE\0";
    private static final int LONGEST_NAME = 80;
    /** More than a byte can number. */
    private static final int MOST_CHUNKS = 256;

    private final Bytes content;
    private final List<Chunk> profile = new ArrayList<>();
    private boolean isDeflated;
    private boolean hasExif;
    private Exif exif = Exif.NONE;

    Metadata(Bytes content) {
        this.content = content;
    }

    /** A part of a profile: the {@code number}-th of {@code count}, from 1. */
    private record Chunk(int number, int count, int from, int length) {}

    /** Reads a block of Exif. When there are several, the last of them counts. */
    void addExif(int from, long length) {
        exif = Exif.read(content, from, length);
    }

    /** Looks at the data of a JPEG's segment APP1, of which the first with Exif counts. */
    void addApp1(int from, int length) {
        if (!hasExif && content.isAt(from, Exif.PREFIX)) {
            hasExif = true;
            addExif(from, length);
        }
    }

    /** Looks at the data of a JPEG's segment APP2, which may be a part of a profile (ICC.1, annex B.4). */
    void addApp2(int from, int length) {
        var header = JPEG_PROFILE.length() + 2;
        if (length >= header && profile.size() < MOST_CHUNKS && content.isAt(from, JPEG_PROFILE)) {
            var numbers = from + JPEG_PROFILE.length();
            profile.add(new Chunk(content.u8(numbers), content.u8(numbers + 1), from + header, length - header));
        }
    }

    /** Notes a whole profile. */
    void addProfile(int from, long length) {
        if (profile.isEmpty()) {
            profile.add(new Chunk(1, 1, from, (int) length));
        }
    }

    /** Notes a deflated profile behind its name and the number of the method, as a PNG has it. */
    void addNamedProfile(int from, int length) {
        for (int at = from; at < from + Math.min(length - 2, LONGEST_NAME); at++) {
            if (content.u8(at) == 0) {
                isDeflated = true;
                addProfile(at + 2, from + length - (at + 2L));
                return;
            }
        }
    }

    Exif exif() {
        return exif;
    }

    /** {@return the ICC profile; empty when there is none, not all of it, or too much} */
    byte[] profile() {
        var parts = profile.stream()
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .toList();
        var joined = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            if (part.number() != i + 1
                    || part.count() != parts.size()
                    || joined.size() + part.length() > LONGEST_PROFILE) {
                return new byte[0];
            }
            joined.write(content.array(), part.from(), part.length());
        }
        return isDeflated ? inflated(joined.toByteArray()) : joined.toByteArray();
    }

    private static byte[] inflated(byte[] deflated) {
        var inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            var inflated = new ByteArrayOutputStream();
            var buffer = new byte[8_192];
            while (!inflater.finished()) {
                var count = inflater.inflate(buffer);
                if (count == 0 || inflated.size() + count > LONGEST_PROFILE) {
                    return new byte[0];
                }
                inflated.write(buffer, 0, count);
            }
            return inflated.toByteArray();
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
