package io.sluice.rekognition;

import io.sluice.samplephotos.CameraData;
import io.sluice.samplephotos.Person;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.samplephotos.SamplePhotos;
import io.sluice.samplephotos.Turn;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures for tests. */
final class Drawn {
    private static final CameraData CAMERA =
            new CameraData(Turn.UPRIGHT, LocalDateTime.of(2026, 5, 4, 12, 0), ZoneOffset.UTC, null);

    private Drawn() {}

    /** {@return people whom only this seed has} */
    static List<Person> people(int count, long seed) {
        return SamplePhotos.of(count, 1, seed).people();
    }

    /** {@return a small photo of these people, from left to right} */
    static byte[] photo(long seed, Person... people) {
        return new SamplePhoto("photo.jpg", List.of(people), 800, 600, CAMERA, seed).jpeg();
    }

    static byte[] photo(Person... people) {
        return photo(1, people);
    }

    /** {@return a picture of a face without a marker, at this place, as a PNG file} */
    static byte[] unmarkedFace(int x, int y) {
        var drawing = new BufferedImage(1_000, 800, BufferedImage.TYPE_INT_RGB);
        var canvas = drawing.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        fill(canvas, 0x505A64, new Rectangle2D.Double(0, 0, 1_000, 800));
        canvas.translate(x, y);
        canvas.scale(240, 240);
        fill(canvas, 0x32231E, new Ellipse2D.Double(-0.56, -0.78, 1.12, 1.3));
        canvas.setPaint(new RadialGradientPaint(new Point2D.Double(0, 0.05), 0.7f, new float[] {0.3f, 1}, new Color[] {
            new Color(0xEBC8AF), new Color(0x966E5A)
        }));
        canvas.fill(new Ellipse2D.Double(-0.5, -0.65, 1, 1.3));
        fill(canvas, 0x32231E, new Arc2D.Double(-0.55, -0.8, 1.1, 0.75, 0, 180, Arc2D.CHORD));
        for (double side : new double[] {-0.21, 0.21}) {
            fill(canvas, 0x966E5F, new Ellipse2D.Double(side - 0.15, -0.2, 0.3, 0.19));
            fill(canvas, 0x32231E, new Rectangle2D.Double(side - 0.13, -0.24, 0.26, 0.05));
            fill(canvas, 0xC0C0C0, new Ellipse2D.Double(side - 0.09, -0.145, 0.18, 0.09));
            fill(canvas, 0x32231E, new Ellipse2D.Double(side - 0.045, -0.15, 0.09, 0.1));
        }
        fill(canvas, 0x966E5F, new Ellipse2D.Double(-0.1, 0.1, 0.2, 0.12));
        fill(canvas, 0xF5D7BE, new Ellipse2D.Double(-0.035, -0.12, 0.07, 0.26));
        fill(canvas, 0x964641, new Ellipse2D.Double(-0.18, 0.32, 0.36, 0.11));
        canvas.dispose();
        return file(drawing, "png");
    }

    private static void fill(Graphics2D canvas, int color, Shape shape) {
        canvas.setColor(new Color(color));
        canvas.fill(shape);
    }

    /** {@return a PNG file of one color} */
    static byte[] blank(int width, int height) {
        return file(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png");
    }

    /** {@return a picture with many small copies of a part of another one} */
    static byte[] tiled(byte[] picture, int columns, int rows) {
        var tile = picture(picture);
        var tiled = new BufferedImage(columns * 160, rows * 120, BufferedImage.TYPE_INT_RGB);
        var canvas = tiled.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        var part =
                tile.getSubimage(tile.getWidth() / 4, tile.getHeight() / 4, tile.getWidth() / 2, tile.getHeight() / 2);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                canvas.drawImage(part, column * 160, row * 120, 160, 120, null);
            }
        }
        canvas.dispose();
        return file(tiled, "png");
    }

    /** {@return a picture, scaled and turned about its middle, as a new JPEG file} */
    static byte[] changed(byte[] picture, double scale, double degrees) {
        var before = picture(picture);
        var width = (int) Math.round(before.getWidth() * scale);
        var height = (int) Math.round(before.getHeight() * scale);
        var after = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var canvas = after.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.setColor(Color.GRAY);
        canvas.fillRect(0, 0, width, height);
        var placement = AffineTransform.getRotateInstance(Math.toRadians(degrees), width / 2.0, height / 2.0);
        placement.scale(scale, scale);
        canvas.drawImage(before, placement, null);
        canvas.dispose();
        return file(after, "jpg");
    }

    private static BufferedImage picture(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] file(BufferedImage picture, String format) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(picture, format, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
