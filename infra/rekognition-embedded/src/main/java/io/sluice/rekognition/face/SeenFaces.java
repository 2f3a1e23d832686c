package io.sluice.rekognition.face;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;

import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.face.DescribedFace;
import io.sluice.pictures.face.FaceBox;
import io.sluice.pictures.face.FacePoint;
import io.sluice.samplephotos.FaceMarkerReader;
import io.sluice.samplephotos.MarkedFace;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** What was found in one picture, as faces that the server answers with. */
final class SeenFaces {
    /** A marker of this many pixels is as clear as it gets. */
    private static final double CLEAR_SIDE = 100;

    private static final double UPRIGHT = 1;
    private static final double TURNED = 0.7;
    private static final double MARKER_CONFIDENCE = 99.9;
    private static final double CASCADE_CONFIDENCE = 90;
    private static final int BRIGHTEST = 255;
    private static final int PERCENT = 100;

    private final Picture picture;
    private final int[] lightness;

    SeenFaces(Picture picture) {
        this.picture = picture;
        this.lightness = lightness(picture);
    }

    /** {@return the drawn people whose markers are in the picture} */
    List<Face> marked() {
        return FaceMarkerReader.facesIn(picture.width(), lightness).stream()
                .map(this::of)
                .toList();
    }

    private static int[] lightness(Picture picture) {
        var rgb = picture.rgb();
        var lightness = new int[picture.width() * picture.height()];
        for (int i = 0, at = 0; i < lightness.length; i++, at += CHANNELS) {
            lightness[i] = FaceMarkerReader.lightness(rgb[at] & 0xFF, rgb[at + 1] & 0xFF, rgb[at + 2] & 0xFF);
        }
        return lightness;
    }

    Face of(MarkedFace marked) {
        var pixels = marked.box();
        var box = new Box(
                pixels.getX() / picture.width(),
                pixels.getY() / picture.height(),
                pixels.getWidth() / picture.width(),
                pixels.getHeight() / picture.height());
        var size = Math.min(1, marked.side() / CLEAR_SIDE);
        var clarity = size * (marked.quarterTurns() == 0 ? UPRIGHT : TURNED);
        return new Face(
                box,
                Likeness.ofPerson(marked.marker().number(), clarity),
                degrees(marked.quarterTurns()),
                List.of(),
                MARKER_CONFIDENCE,
                PERCENT * brightness(box),
                PERCENT * size);
    }

    private static double degrees(int quarterTurns) {
        return quarterTurns > 2 ? -90 : 90.0 * quarterTurns;
    }

    /** {@return a face without a marker, which is similar only to the same pixels} */
    Face of(FaceBox found) {
        var box = box(found);
        return new Face(
                box,
                Likeness.ofPixels(hash(box)),
                0,
                List.of(),
                CASCADE_CONFIDENCE,
                PERCENT * brightness(box),
                sharpness(box));
    }

    /** {@return a face without a marker, which the models have described} */
    Face of(DescribedFace found, String model) {
        var box = box(found.box());
        return new Face(
                box,
                Likeness.ofPixels(hash(box), new FaceVector(model, found.vector())),
                roll(found.marks()),
                found.marks(),
                PERCENT * Math.min(1, found.confidence()),
                PERCENT * brightness(box),
                sharpness(box));
    }

    private static Box box(FaceBox found) {
        return new Box(found.left(), found.top(), found.width(), found.height());
    }

    private String hash(Box box) {
        return FaceIds.hash("SHA-256", pixels(box));
    }

    private double sharpness(Box box) {
        return PERCENT * Math.min(1, box.width() * picture.width() / CLEAR_SIDE);
    }

    /** {@return how the line between the eyes lies, in degrees with the clock} */
    private double roll(List<FacePoint> marks) {
        var left = marks.getFirst();
        var right = marks.get(1);
        return Math.toDegrees(
                Math.atan2((right.y() - left.y()) * picture.height(), (right.x() - left.x()) * picture.width()));
    }

    /** The pixels of a picture that are in a box: from left and top on, before right and bottom. */
    private record Area(int left, int top, int right, int bottom) {
        static Area of(Box box, Picture picture) {
            return new Area(
                    pixel(box.left(), picture.width()),
                    pixel(box.top(), picture.height()),
                    pixel(box.left() + box.width(), picture.width()),
                    pixel(box.top() + box.height(), picture.height()));
        }

        private static int pixel(double share, int length) {
            return Math.clamp(Math.round(share * length), 0, length);
        }
    }

    private byte[] pixels(Box box) {
        var area = Area.of(box, picture);
        var pixels = new ByteArrayOutputStream();
        for (int y = area.top(); y < area.bottom(); y++) {
            var start = y * picture.width() + area.left();
            pixels.write(picture.rgb(), start * CHANNELS, (area.right() - area.left()) * CHANNELS);
        }
        return pixels.toByteArray();
    }

    private double brightness(Box box) {
        var area = Area.of(box, picture);
        long sum = 0;
        long count = 0;
        for (int y = area.top(); y < area.bottom(); y++) {
            for (int x = area.left(); x < area.right(); x++) {
                sum += lightness[y * picture.width() + x];
                count++;
            }
        }
        return count == 0 ? 0 : (double) sum / count / BRIGHTEST;
    }
}
