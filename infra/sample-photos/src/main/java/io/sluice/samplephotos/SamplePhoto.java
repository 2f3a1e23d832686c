package io.sluice.samplephotos;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/**
 * A photo that can be drawn. The same photo always has the same bytes.
 *
 * @param fileName its name in the folder of the samples
 * @param people who is on it, from left to right
 * @param width of the upright photo, in pixels
 * @param height of the upright photo, in pixels
 * @param camera what its Exif tells
 * @param seed of the ground, the places and the tilts of the heads
 */
public record SamplePhoto(String fileName, List<Person> people, int width, int height, CameraData camera, long seed) {
    private static final float QUALITY = 0.9f;
    private static final List<Ground> GROUNDS = List.of(Ground.values());
    /** The widest head, as a share of the longest side, and as a share of the room that each person has. */
    private static final double WIDEST_OF_SIDE = 0.17;

    private static final double WIDEST_OF_ROOM = 0.5;

    public SamplePhoto {
        people = List.copyOf(people);
    }

    /** {@return the same photo with other camera data} */
    public SamplePhoto with(CameraData other) {
        return new SamplePhoto(fileName, people, width, height, other, seed);
    }

    /** {@return the file, which takes some 100 ms to draw} */
    public byte[] jpeg() {
        return camera.into(encoded(camera.orientation().stored(drawn())));
    }

    private BufferedImage drawn() {
        var random = new Random(seed);
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var canvas = picture.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        GROUNDS.get(random.nextInt(GROUNDS.size())).draw(canvas, width, height, random);
        var places = places(random);
        for (int i = 0; i < people.size(); i++) {
            new PersonDrawing(people.get(i)).draw(canvas, places.get(i));
        }
        canvas.dispose();
        return picture;
    }

    /** {@return one place for each person, none of which covers another person's face} */
    private List<PersonDrawing.Place> places(Random random) {
        var places = new ArrayList<PersonDrawing.Place>();
        var room = (double) width / Math.max(1, people.size());
        var head = Math.min(WIDEST_OF_ROOM * room, isPortrait() ? room : WIDEST_OF_SIDE * Math.max(width, height));
        for (int i = 0; i < people.size(); i++) {
            places.add(new PersonDrawing.Place((i + 0.5) * room, 0.5 * height, head, 0).moved(random));
        }
        return places;
    }

    /** {@return whether one person fills the photo, which is higher than wide} */
    private boolean isPortrait() {
        return people.size() == 1 && height > width;
    }

    private static byte[] encoded(BufferedImage picture) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            var settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
