package io.sluice.pictures.resize;

/**
 * The square picture a model wants to see.
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
        /** Each side is scaled on its own: nothing is lost, proportions are. */
        STRETCH,
        /** The shorter side is scaled and the middle of the longer one is kept, as CLIP's preprocessing does. */
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

    /** The longer side is rounded down, as is half of what is cut off: both as the reference preprocessing does it. */
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
