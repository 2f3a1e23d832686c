package io.sluice.pictures.resize;

/**
 * The size that a picture is made into.
 *
 * @param side width and height in pixels; of {@link Fit#WITHIN} the longer of the two at most
 * @param fit what becomes of the picture's proportions
 * @param transparency what becomes of transparent pixels
 */
public record Framing(int side, Fit fit, Transparency transparency) {
    public Framing {
        if (side < 1 || side > MAX_SIDE) {
            throw new IllegalArgumentException("side must be between 1 and " + MAX_SIDE + ", is " + side);
        }
    }

    private static final int MAX_SIDE = 4096;

    /** Transparent pixels are shown on white. */
    public Framing(int side, Fit fit) {
        this(side, fit, Transparency.ON_WHITE);
    }

    /** What becomes of transparent pixels. */
    public enum Transparency {
        /** The picture is laid on white, as people see it on a page. */
        ON_WHITE,
        /** Alpha is left out, so the colors show that it hides. */
        DROPPED,
    }

    /** What becomes of the proportions of a picture that is not a square. */
    public enum Fit {
        /** Makes a square. Width and height are scaled separately. Nothing is cut off, but proportions change. */
        STRETCH,
        /** Makes a square. The shorter side is scaled to it, and the middle of the longer side is kept. */
        CENTER_CROP,
        /** Keeps the proportions. The longer side is scaled down to the length, and is never enlarged. */
        WITHIN,
    }

    /**
     * How many pixels of a picture become {@link #side} pixels. A decoder may decode the picture smaller, as long as that
     * many are left.
     */
    public int scaledSide(int width, int height) {
        return fit == Fit.WITHIN ? Math.max(width, height) : Math.min(width, height);
    }

    /** {@return how the columns of a picture of this size are scaled} */
    Resampling columns(int width, int height) {
        return axis(width, scaledSide(width, height));
    }

    /** {@return how the rows of a picture of this size are scaled} */
    Resampling rows(int width, int height) {
        return axis(height, scaledSide(width, height));
    }

    /**
     * When cropping, the longer side is rounded down, and so is half of what is cut off, as in the preprocessing of
     * published models.
     */
    private Resampling axis(int length, int scaledSide) {
        return switch (fit) {
            case STRETCH -> Resampling.of(length, side, 0, side);
            case CENTER_CROP -> {
                var scaled = (int) ((long) side * length / scaledSide);
                yield Resampling.of(length, scaled, (scaled - side) / 2, side);
            }
            case WITHIN -> {
                var scaled = scaledSide <= side ? length : Math.max(1, Math.round((float) side * length / scaledSide));
                yield Resampling.of(length, scaled, 0, scaled);
            }
        };
    }
}
