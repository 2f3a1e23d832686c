package io.sluice.pictures.photo;

import io.sluice.pictures.color.SrgbConversion;
import io.sluice.pictures.decode.JpegWriter;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.BicubicResize;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;

/**
 * What galleries show of a photo: JPEG files, upright, in sRGB, without metadata.
 *
 * @param preview as large as {@link #PREVIEW}, of {@value #MOST_BYTES} bytes at most
 * @param thumbnail as large as {@link #THUMBNAIL}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Renditions(byte[] preview, byte[] thumbnail) {
    /** Decode a photo into this framing; both files are made of that. */
    public static final Framing PREVIEW = new Framing(1_920, Fit.WITHIN);

    public static final Framing THUMBNAIL = new Framing(400, Fit.WITHIN);

    /** Rekognition takes 5 MiB in a request. */
    static final int MOST_BYTES = 5_000_000;

    private static final int QUALITY = 85;
    private static final int LESS_QUALITY = 15;

    /**
     * Makes both files, which takes about 60 ms of processor time.
     *
     * @param picture the photo, decoded into {@link #PREVIEW}
     * @param colorProfile the ICC profile of the photo's colors; anything else is ignored
     */
    public static Renditions of(Picture picture, byte[] colorProfile) {
        var preview = SrgbConversion.from(colorProfile)
                .map(conversion -> conversion.convert(picture))
                .orElse(picture);
        var thumbnail = Picture.of(BicubicResize.resize(preview.asRows(), THUMBNAIL));
        return new Renditions(within(MOST_BYTES, preview), JpegWriter.write(thumbnail, QUALITY));
    }

    /** {@return the picture as a file of at most so many bytes, in the best quality that fits, or in the least} */
    static byte[] within(int bytes, Picture picture) {
        var quality = QUALITY;
        var file = JpegWriter.write(picture, quality);
        while (file.length > bytes && quality > LESS_QUALITY) {
            quality -= LESS_QUALITY;
            file = JpegWriter.write(picture, quality);
        }
        return file;
    }
}
