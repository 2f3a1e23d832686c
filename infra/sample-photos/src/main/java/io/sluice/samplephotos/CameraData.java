package io.sluice.samplephotos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What a camera writes into a photo, as Exif (CIPA DC-008).
 *
 * @param orientation how the pixels are turned
 * @param takenAt by the camera's clock
 * @param offset of the camera's clock from UTC; null when the camera does not tell
 * @param position where the photo was taken; null when the camera does not tell
 */
public record CameraData(
        Turn orientation,
        LocalDateTime takenAt,
        @Nullable ZoneOffset offset,
        @Nullable Position position) {
    private static final byte[] START_OF_JPEG = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] APP1 = {(byte) 0xFF, (byte) 0xE1};
    private static final byte[] PREFIX = "Exif\0\0".getBytes(US_ASCII);
    /** The head of a TIFF file with the highest byte first, whose first directory follows at once. */
    private static final byte[] TIFF = {'M', 'M', 0, 42, 0, 0, 0, 8};

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss");
    private static final int MAKE = 0x010F;
    private static final int MODEL = 0x0110;
    private static final int ORIENTATION = 0x0112;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int GPS_DIRECTORY = 0x8825;
    private static final int TAKEN_AT = 0x9003;
    private static final int TAKEN_AT_OFFSET = 0x9011;
    private static final int GPS_VERSION = 0;
    private static final int LATITUDE_SIDE = 1;
    private static final int LATITUDE = 2;
    private static final int LONGITUDE_SIDE = 3;
    private static final int LONGITUDE = 4;

    /** A place on Earth, in degrees north and east. */
    public record Position(double north, double east) {}

    /** {@return a JPEG file with this data} */
    public byte[] into(byte[] jpeg) {
        var exif = exif();
        var length = Short.BYTES + PREFIX.length + exif.length;
        var file = new ByteArrayOutputStream(jpeg.length + APP1.length + length);
        file.writeBytes(START_OF_JPEG);
        file.writeBytes(APP1);
        file.write(length >> 8);
        file.write(length);
        file.writeBytes(PREFIX);
        file.writeBytes(exif);
        file.write(jpeg, START_OF_JPEG.length, jpeg.length - START_OF_JPEG.length);
        return file.toByteArray();
    }

    private byte[] exif() {
        var times = times();
        var timesAt = TIFF.length + first(0, 0).length();
        var placeAt = timesAt + times.length();
        var file = new ByteArrayOutputStream();
        file.writeBytes(TIFF);
        first(timesAt, placeAt).write(file, TIFF.length);
        times.write(file, timesAt);
        if (position != null) {
            place(position).write(file, placeAt);
        }
        return file.toByteArray();
    }

    private TiffDirectory first(int timesAt, int placeAt) {
        var first = new TiffDirectory()
                .text(MAKE, "Sluice")
                .text(MODEL, "Drawn")
                .number16(ORIENTATION, orientation.exif())
                .directory(EXIF_DIRECTORY, timesAt);
        return position == null ? first : first.directory(GPS_DIRECTORY, placeAt);
    }

    private TiffDirectory times() {
        var times = new TiffDirectory().text(TAKEN_AT, TIME.format(takenAt));
        return offset == null
                ? times
                : times.text(TAKEN_AT_OFFSET, offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
    }

    private static TiffDirectory place(Position position) {
        return new TiffDirectory()
                .bytes(GPS_VERSION, (byte) 2, (byte) 3, (byte) 0, (byte) 0)
                .text(LATITUDE_SIDE, position.north() < 0 ? "S" : "N")
                .angle(LATITUDE, position.north())
                .text(LONGITUDE_SIDE, position.east() < 0 ? "W" : "E")
                .angle(LONGITUDE, position.east());
    }
}
