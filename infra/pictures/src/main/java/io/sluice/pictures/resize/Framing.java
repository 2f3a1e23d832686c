package io.sluice.pictures.resize;

/**
 * The square that a picture is made into.
 *
 * @param side width and height in pixels
 * @param fit how a picture of other proportions becomes a square
 */
public record Framing(int side, Fit fit) {
    public Framing {
        if (side < 1 || side > MAX_SIDE) {
            throw new IllegalArgumentException("side must be between 1 and " + MAX_SIDE + ", is " + side);
        }
    }

    private static final int MAX_SIDE = 4096;

    /** How a picture of other proportions becomes a square. */
    public enum Fit {
        /** Width and height are scaled separately. Nothing is cut off, but proportions change. */
        STRETCH,
        /** The shorter side is scaled to the square, and the middle of the longer side is kept. */
        CENTER_CROP,
    }

    /** {@return how the columns of a picture of this size are scaled} */
    Resampling columns(int width, int height) {
        return axis(width, Math.min(width, height));
    }

    /** {@return how the rows of a picture of this size are scaled} */
    Resampling rows(int width, int height) {
        return axis(height, Math.min(width, height));
    }

    /**
     * The longer side is rounded down, and so is half of what is cut off, as in the preprocessing of published models.
     */
    private Resampling axis(int length, int shorter) {
        return switch (fit) {
            case STRETCH -> Resampling.of(length, side, 0, side);
            case CENTER_CROP -> {
                var scaled = (int) ((long) side * length / shorter);
                yield Resampling.of(length, scaled, (scaled - side) / 2, side);
            }
        };
    }
}
