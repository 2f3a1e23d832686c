package io.sluice.pictures.container;

/**
 * How the stored pixels of a picture are turned and mirrored, as Exif numbers it (2.32, 4.6.4 A). A picture becomes
 * upright when its sides are swapped first and it is mirrored after.
 *
 * @param value 1 to 8; 1 is upright
 */
public record Orientation(int value) {
    /** The pixels are stored as they are shown. */
    public static final Orientation UPRIGHT = new Orientation(1);

    public Orientation {
        if (value < 1 || value > 8) {
            throw new IllegalArgumentException("an orientation is between 1 and 8, not " + value);
        }
    }

    /** {@return the orientation with this number; upright when no orientation has it} */
    static Orientation of(int value) {
        return value < 1 || value > 8 ? UPRIGHT : new Orientation(value);
    }

    /** {@return whether rows become columns, along the diagonal from the upper left} */
    public boolean swapsSides() {
        return value >= 5;
    }

    /** {@return whether left and right are exchanged, after the sides were swapped} */
    public boolean mirrorsColumns() {
        return value == 2 || value == 3 || value == 6 || value == 7;
    }

    /** {@return whether above and below are exchanged, after the sides were swapped} */
    public boolean mirrorsRows() {
        return value == 3 || value == 4 || value == 7 || value == 8;
    }
}
