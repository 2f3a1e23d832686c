package io.sluice.rekognition;

import io.sluice.samplemodels.FaceBundle;
import java.awt.Color;
import java.awt.image.BufferedImage;

/** Pictures with the squares that the networks of {@link FaceBundle} take for faces. */
final class SquareFaces {
    static final int WIDTH = 960;
    static final int HEIGHT = 640;
    static final int SMALL = FaceBundle.FACE_SIDE;
    static final int LARGE = 3 * SMALL;
    static final Color RED = Color.RED;
    static final Color PURPLE = Color.MAGENTA;

    private final BufferedImage drawing = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);

    SquareFaces() {
        draw(0, 0, WIDTH, HEIGHT, Color.GRAY);
    }

    /** {@return a picture with two large faces of two people, the red one on the left} */
    static byte[] redAndPurple() {
        return new SquareFaces().large(1, 1, RED).large(5, 3, PURPLE).file();
    }

    /** Draws a face at multiples of its side. */
    SquareFaces large(int column, int row, Color color) {
        return draw(column * LARGE, row * LARGE, LARGE, LARGE, color);
    }

    SquareFaces small(int column, int row, Color color) {
        return draw(column * SMALL, row * SMALL, SMALL, SMALL, color);
    }

    private SquareFaces draw(int left, int top, int width, int height, Color color) {
        var canvas = drawing.createGraphics();
        canvas.setColor(color);
        canvas.fillRect(left, top, width, height);
        canvas.dispose();
        return this;
    }

    /** {@return the picture as a PNG file} */
    byte[] file() {
        return Drawn.file(drawing, "png");
    }
}
