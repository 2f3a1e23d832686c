package io.sluice.pictures.container;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/**
 * What is read of an Exif block (CIPA DC-008, a TIFF structure): how the picture is turned and when it was taken. The
 * orientation is read as browsers read it: from the first directory, as a single 16-bit number. Nothing else is read,
 * above all no place. Whatever the bytes are, the worst result is {@link #NONE}.
 *
 * @param takenAt when the picture was taken, in the time zone that the camera wrote beside it, or in UTC when it wrote
 *     none; null when there is no such time, or one before photography
 */
public record Exif(Orientation orientation, @Nullable Instant takenAt) {
    /** What is known of a picture without a block: it is upright. */
    public static final Exif NONE = new Exif(Orientation.UPRIGHT, null);

    /** What stands before the block in a JPEG, and by mistake in some PNG and WebP files. */
    static final String PREFIX = "Exif\0\0";

    private static final Instant FIRST_PHOTOGRAPH = Instant.parse("1826-01-01T00:00:00Z");

    /** {@return what the block of {@code length} bytes from {@code from} on says, all of which are there} */
    static Exif read(Bytes content, int from, long length) {
        var start = content.isAt(from, PREFIX) ? from + PREFIX.length() : from;
        var known = content.isAt(start, "II*\0") || content.isAt(start, "MM\0*");
        return known && start + 8 <= from + length ? new Block(content, start, from + length).read() : NONE;
    }

    /** The block's directories. Each entry has a tag, a type, a count, and four bytes for a value or its place. */
    private static final class Block {
        private static final int ORIENTATION = 0x0112;
        private static final int EXIF_DIRECTORY = 0x8769;
        private static final int TIME = 0x9003;
        private static final int TIME_OFFSET = 0x9011;
        private static final int TIME_FRACTION = 0x9291;
        private static final int ASCII = 2;
        private static final int SHORT = 3;
        private static final int LONG = 4;
        private static final int ENTRY = 12;
        private static final int LONGEST_TEXT = 32;
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

        private final Bytes content;
        private final long start;
        private final long end;
        private final boolean littleEndian;

        Block(Bytes content, long start, long end) {
            this.content = content;
            this.start = start;
            this.end = end;
            this.littleEndian = content.isAt((int) start, "II*\0");
        }

        Exif read() {
            var directory = start + number32(start + 4);
            var orientation = entry(directory, ORIENTATION);
            var details = entry(directory, EXIF_DIRECTORY);
            return new Exif(
                    orientation > 0 && number16(orientation + 2) == SHORT && number32(orientation + 4) == 1
                            ? Orientation.of(number16(orientation + 8))
                            : Orientation.UPRIGHT,
                    details > 0 && number16(details + 2) == LONG ? takenAt(start + number32(details + 8)) : null);
        }

        /** {@return the place of the first entry with this tag; 0 when there is none} */
        private long entry(long directory, int tag) {
            if (directory + 2 > end) {
                return 0;
            }
            var entries = number16(directory);
            for (long at = directory + 2; entries > 0 && at + ENTRY <= end; at += ENTRY, entries--) {
                if (number16(at) == tag) {
                    return at;
                }
            }
            return 0;
        }

        private @Nullable Instant takenAt(long directory) {
            try {
                var time = LocalDateTime.parse(text(directory, TIME), FORMAT);
                var instant = time.plusNanos(nanos(text(directory, TIME_FRACTION)))
                        .toInstant(offset(text(directory, TIME_OFFSET)));
                return instant.isBefore(FIRST_PHOTOGRAPH) ? null : instant;
            } catch (DateTimeException e) {
                return null; // cameras without a set clock write zeros or blanks
            }
        }

        private static ZoneOffset offset(String text) {
            try {
                return text.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(text);
            } catch (DateTimeException e) {
                return ZoneOffset.UTC;
            }
        }

        /** The digits after the point of a second. */
        private static int nanos(String digits) {
            return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits + "0".repeat(9 - digits.length())) : 0;
        }

        /** {@return the text of an entry, without blanks around it; empty when there is none} */
        private String text(long directory, int tag) {
            var entry = entry(directory, tag);
            if (entry == 0 || number16(entry + 2) != ASCII) {
                return "";
            }
            var length = number32(entry + 4);
            var at = length <= 4 ? entry + 8 : start + number32(entry + 8);
            if (length > LONGEST_TEXT || at + length > end) {
                return "";
            }
            var text = content.text((int) at, (int) length);
            var zero = text.indexOf('\0');
            return (zero < 0 ? text : text.substring(0, zero)).strip();
        }

        private int number16(long at) {
            return littleEndian ? content.littleEndian16((int) at) : content.bigEndian16((int) at);
        }

        private long number32(long at) {
            return littleEndian ? content.littleEndian32((int) at) : content.bigEndian32((int) at);
        }
    }
}
