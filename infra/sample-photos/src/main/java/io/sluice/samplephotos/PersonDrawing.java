package io.sluice.samplephotos;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Random;

/** Draws one person. The unit of length is the width of the head, and the middle of the head is the origin. */
final class PersonDrawing {
    private static final double HEAD_HEIGHT = FaceMarker.FACE_HEIGHT / FaceMarker.FACE_WIDTH;
    private static final double MARKER = 1 / FaceMarker.FACE_WIDTH;
    private static final Color[] SKINS = {
        new Color(0xF6D7BE), new Color(0xE8B893), new Color(0xC98F63), new Color(0x9A6440), new Color(0x6B4429)
    };
    private static final Color[] HAIRS = {
        new Color(0x1F1A17), new Color(0x4A2F1B), new Color(0x8A5A2B), new Color(0xD9B45B), new Color(0x9C9C9C)
    };

    private final FaceMarker marker;
    private final Color skin;
    private final Color hair;
    private final boolean hasLongHair;
    private final Color shirt;
    private final Color eyes;

    PersonDrawing(Person person) {
        var random = person.looks();
        this.marker = person.marker();
        this.skin = SKINS[random.nextInt(SKINS.length)];
        this.hair = HAIRS[random.nextInt(HAIRS.length)];
        this.hasLongHair = random.nextBoolean();
        this.shirt = Color.getHSBColor(random.nextFloat(), 0.35f + 0.5f * random.nextFloat(), 0.85f);
        this.eyes = Color.getHSBColor(random.nextFloat(), 0.6f, 0.4f);
    }

    /**
     * Where a person is on a photo.
     *
     * @param x of the middle of the head, in pixels
     * @param y of the middle of the head, in pixels
     * @param width of the head, in pixels
     * @param tilt of the head, in degrees with the clock
     */
    record Place(double x, double y, double width, double tilt) {
        /** {@return a place near this one, with another tilt} */
        Place moved(Random random) {
            return new Place(
                    x + (random.nextDouble() - 0.5) * 0.2 * width,
                    y + (random.nextDouble() - 0.5) * 0.6 * width,
                    width * (0.85 + 0.15 * random.nextDouble()),
                    16 * random.nextDouble() - 8);
        }
    }

    void draw(Graphics2D canvas, Place place) {
        var before = canvas.getTransform();
        canvas.translate(place.x(), place.y());
        canvas.scale(place.width(), place.width());
        fill(canvas, shirt, new RoundRectangle2D.Double(-0.95, 0.85, 1.9, 9, 0.9, 0.9));
        fill(canvas, skin.darker(), new Rectangle2D.Double(-0.17, 0.4, 0.34, 0.6));
        canvas.rotate(Math.toRadians(place.tilt()));
        head(canvas);
        marker(canvas);
        canvas.setTransform(before);
    }

    private void head(Graphics2D canvas) {
        if (hasLongHair) {
            fill(canvas, hair, new RoundRectangle2D.Double(-0.6, -0.78, 1.2, 1.6, 0.9, 0.9));
        }
        var face = new Ellipse2D.Double(-0.5, -HEAD_HEIGHT / 2, 1, HEAD_HEIGHT);
        fill(canvas, skin, face);
        var fringe = new Area(new Ellipse2D.Double(-0.54, -HEAD_HEIGHT / 2 - 0.1, 1.08, HEAD_HEIGHT));
        fringe.subtract(new Area(new Rectangle2D.Double(-1, -0.52, 2, 3)));
        fill(canvas, hair, fringe);
        for (var x : new double[] {-0.16, 0.16}) {
            fill(canvas, Color.WHITE, new Ellipse2D.Double(x - 0.07, -0.45, 0.14, 0.09));
            fill(canvas, eyes, new Ellipse2D.Double(x - 0.035, -0.445, 0.07, 0.08));
        }
        fill(canvas, new Color(0xA8433F), new Arc2D.Double(-0.13, 0.32, 0.26, 0.22, 180, 180, Arc2D.CHORD));
    }

    /** Fills the black cells as one shape, so that no gaps show between them. */
    private void marker(Graphics2D canvas) {
        var black = new Area();
        for (int row = 0; row < FaceMarker.SIDE; row++) {
            for (int column = 0; column < FaceMarker.SIDE; column++) {
                if (!marker.isWhite(row, column)) {
                    black.add(new Area(new Rectangle2D.Double(column, row, 1, 1)));
                }
            }
        }
        var place = AffineTransform.getTranslateInstance(-MARKER / 2, -MARKER / 2);
        place.scale(MARKER / FaceMarker.SIDE, MARKER / FaceMarker.SIDE);
        fill(canvas, Color.WHITE, new Rectangle2D.Double(-MARKER / 2, -MARKER / 2, MARKER, MARKER));
        fill(canvas, Color.BLACK, place.createTransformedShape(black));
    }

    private static void fill(Graphics2D canvas, Color color, Shape shape) {
        canvas.setColor(color);
        canvas.fill(shape);
    }
}
