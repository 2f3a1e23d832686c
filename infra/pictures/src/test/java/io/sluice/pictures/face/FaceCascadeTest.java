package io.sluice.pictures.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.pictures.decode.Picture;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class FaceCascadeTest {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 1_000;
    private static final Color HAIR = new Color(50, 35, 30);
    private static final Color SHADE = new Color(150, 110, 95);

    private final BufferedImage drawing = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D canvas = drawing.createGraphics();

    FaceCascadeTest() {
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(new Color(80, 90, 100));
        canvas.fillRect(0, 0, WIDTH, HEIGHT);
    }

    private void fill(Color color, Shape shape) {
        canvas.setColor(color);
        canvas.fill(shape);
    }

    /** Draws a face without a marker, with light and shade where a face has them. */
    private void drawFace(double x, double y, double width) {
        var before = canvas.getTransform();
        canvas.translate(x, y);
        canvas.scale(width, width);
        fill(HAIR, new Ellipse2D.Double(-0.56, -0.78, 1.12, 1.3));
        canvas.setPaint(
                new RadialGradientPaint(new Point2D.Double(0, 0.05), 0.7f, new float[] {0, 0.6f, 1}, new Color[] {
                    new Color(235, 200, 175), new Color(215, 175, 150), new Color(150, 110, 90)
                }));
        canvas.fill(new Ellipse2D.Double(-0.5, -0.65, 1, 1.3));
        fill(HAIR, new Arc2D.Double(-0.55, -0.8, 1.1, 0.75, 0, 180, Arc2D.CHORD));
        for (double side : new double[] {-0.21, 0.21}) {
            fill(SHADE, new Ellipse2D.Double(side - 0.15, -0.2, 0.3, 0.19));
            fill(HAIR, new Rectangle2D.Double(side - 0.13, -0.24, 0.26, 0.05));
            fill(Color.LIGHT_GRAY, new Ellipse2D.Double(side - 0.09, -0.145, 0.18, 0.09));
            fill(HAIR, new Ellipse2D.Double(side - 0.045, -0.15, 0.09, 0.1));
        }
        fill(SHADE, new Ellipse2D.Double(-0.1, 0.1, 0.2, 0.12));
        fill(new Color(245, 215, 190), new Ellipse2D.Double(-0.035, -0.12, 0.07, 0.26));
        fill(new Color(150, 70, 65), new Ellipse2D.Double(-0.18, 0.32, 0.36, 0.11));
        canvas.setTransform(before);
    }

    private Picture picture() {
        var rgb = new byte[WIDTH * HEIGHT * 3];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            var pixel = drawing.getRGB(i % WIDTH, i / WIDTH);
            rgb[3 * i] = (byte) (pixel >> 16);
            rgb[3 * i + 1] = (byte) (pixel >> 8);
            rgb[3 * i + 2] = (byte) pixel;
        }
        return new Picture(WIDTH, HEIGHT, rgb);
    }

    @Test
    void aFaceIsFoundWhereItIs() {
        drawFace(300, 400, 200);
        drawFace(850, 600, 320);

        try (var cascade = FaceCascade.load()) {
            var found = cascade.facesIn(picture()).stream()
                    .sorted((one, other) -> Double.compare(one.left(), other.left()))
                    .toList();

            assertThat(found).hasSize(2);
            assertThat(found.get(0).left() + found.get(0).width() / 2).isCloseTo(0.25, within(0.02));
            assertThat(found.get(0).top() + found.get(0).height() / 2).isCloseTo(0.4, within(0.04));
            assertThat(found.get(1).left() + found.get(1).width() / 2).isCloseTo(0.708, within(0.02));
            assertThat(found.get(1).width()).isBetween(0.15, 0.3);
        }
    }

    @Seeded
    @Test
    void noiseHasNoFaces(Seed seed) {
        var random = seed.random();
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            drawing.setRGB(i % WIDTH, i / WIDTH, random.nextInt(0x1000000));
        }
        try (var cascade = FaceCascade.load()) {
            assertThat(cascade.facesIn(picture())).isEmpty();
        }
    }
}
