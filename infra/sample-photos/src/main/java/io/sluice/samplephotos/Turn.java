package io.sluice.samplephotos;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** How a camera was held: the pixels of its photos are turned, and Exif tells how a viewer must turn them back. */
public enum Turn {
    /** The pixels are stored as they are shown. */
    UPRIGHT(1, 0),
    /** A viewer turns the pixels by half a turn. */
    HALF(3, 2),
    /** A viewer turns the pixels by a quarter turn with the clock. */
    RIGHT(6, 1),
    /** A viewer turns the pixels by a quarter turn against the clock. */
    LEFT(8, 3);

    private final int exif;
    private final int quarters;

    Turn(int exif, int quarters) {
        this.exif = exif;
        this.quarters = quarters;
    }

    /** {@return Exif's number of this orientation} */
    public int exif() {
        return exif;
    }

    /** {@return the pixels as a camera that was held this way stores them} */
    BufferedImage stored(BufferedImage upright) {
        return turned(upright, 4 - quarters);
    }

    /** {@return the pixels as a viewer shows them} */
    public BufferedImage shown(BufferedImage stored) {
        return turned(stored, quarters);
    }

    /** {@return the picture after quarter turns with the clock} */
    private static BufferedImage turned(BufferedImage picture, int quarters) {
        if (quarters % 4 == 0) {
            return picture;
        }
        var swaps = quarters % 2 == 1;
        var width = swaps ? picture.getHeight() : picture.getWidth();
        var height = swaps ? picture.getWidth() : picture.getHeight();
        var turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var canvas = turned.createGraphics();
        var placement = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
        placement.quadrantRotate(quarters);
        placement.translate(-picture.getWidth() / 2.0, -picture.getHeight() / 2.0);
        canvas.drawImage(picture, placement, null);
        canvas.dispose();
        return turned;
    }
}
