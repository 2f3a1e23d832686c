package io.sluice.samplephotos;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the markers in a picture. It looks for dark areas that touch nothing else dark, takes the outermost points of each
 * as the corners of a marker's black ring, and reads the cells between them. It reads markers from about 30 pixels a side,
 * turned by any quarter turns and by up to 30 degrees more.
 */
public final class FaceMarkerReader {
    private static final int RING_SIDE = FaceMarker.SIDE - 2;
    private static final double SMALLEST_CELL = 2;
    /** Sides of a square that is seen from the front differ by less. */
    private static final double SQUARE = 1.25;
    /** Lightness of 0 to 255 below which a pixel is dark. The white ring of a marker is lighter, its black ring darker. */
    private static final int DARK = 118;

    private final int width;
    private final int height;
    private final int[] lightness;
    private final boolean[] seen;
    /** Dark pixels that were seen, but whose neighbors were not yet. */
    private final int[] open;

    private int opened;

    private FaceMarkerReader(int width, int[] lightness) {
        this.width = width;
        this.height = lightness.length / width;
        this.lightness = lightness;
        this.seen = new boolean[lightness.length];
        this.open = new int[lightness.length];
    }

    /** {@return the marked faces in a picture, from left to right} */
    public static List<MarkedFace> facesIn(BufferedImage picture) {
        var width = picture.getWidth();
        var lightness = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
        for (int i = 0; i < lightness.length; i++) {
            var rgb = lightness[i];
            lightness[i] = lightness(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
        }
        return facesIn(width, lightness);
    }

    /**
     * Finds the marked faces in the pixels of a picture, from left to right.
     *
     * @param lightness of each pixel, row by row from the top; it is not changed
     */
    public static List<MarkedFace> facesIn(int width, int[] lightness) {
        return new FaceMarkerReader(width, lightness).faces();
    }

    /** {@return the lightness of a color, 0 to 255} */
    public static int lightness(int red, int green, int blue) {
        return (299 * red + 587 * green + 114 * blue) / 1000;
    }

    private List<MarkedFace> faces() {
        var faces = new ArrayList<MarkedFace>();
        for (int start = 0; start < lightness.length; start++) {
            if (!seen[start] && lightness[start] < DARK) {
                read(ring(start)).ifPresent(faces::add);
            }
        }
        faces.sort(Comparator.comparingDouble(MarkedFace::x));
        return faces;
    }

    /** A point in pixels, where the middle of the first pixel is 0. */
    private record Point(double x, double y) {
        double distance(Point other) {
            return Math.hypot(x - other.x, y - other.y);
        }
    }

    /** The corners of a black ring. */
    private record Ring(Point upperLeft, Point upperRight, Point lowerRight, Point lowerLeft) {
        double side() {
            return (upperLeft.distance(upperRight) + lowerLeft.distance(lowerRight)) / 2;
        }

        boolean isSquare() {
            var across = upperLeft.distance(lowerRight) / upperRight.distance(lowerLeft);
            var sides = side() * 2 / (upperLeft.distance(lowerLeft) + upperRight.distance(lowerRight));
            return Math.max(across, 1 / across) < SQUARE && Math.max(sides, 1 / sides) < SQUARE;
        }

        /** {@return the point at these shares of the way from the left to the right, and from the top to the bottom} */
        Point at(double right, double down) {
            return new Point(
                    (1 - down) * ((1 - right) * upperLeft.x + right * upperRight.x)
                            + down * ((1 - right) * lowerLeft.x + right * lowerRight.x),
                    (1 - down) * ((1 - right) * upperLeft.y + right * upperRight.y)
                            + down * ((1 - right) * lowerLeft.y + right * lowerRight.y));
        }
    }

    /** Marks the dark area around a pixel as seen. {@return the outermost points of the area} */
    private Ring ring(int start) {
        int upperLeft = start;
        int upperRight = start;
        int lowerRight = start;
        int lowerLeft = start;
        see(start);
        while (opened > 0) {
            var at = open[--opened];
            var column = at % width;
            var row = at / width;
            upperLeft = column + row < sum(upperLeft) ? at : upperLeft;
            lowerRight = column + row > sum(lowerRight) ? at : lowerRight;
            upperRight = column - row > difference(upperRight) ? at : upperRight;
            lowerLeft = column - row < difference(lowerLeft) ? at : lowerLeft;
            if (column > 0) {
                see(at - 1);
            }
            if (column < width - 1) {
                see(at + 1);
            }
            if (row > 0) {
                see(at - width);
            }
            if (row < height - 1) {
                see(at + width);
            }
        }
        return new Ring(
                corner(upperLeft, -1, -1),
                corner(upperRight, 1, -1),
                corner(lowerRight, 1, 1),
                corner(lowerLeft, -1, 1));
    }

    private void see(int at) {
        if (!seen[at] && lightness[at] < DARK) {
            seen[at] = true;
            open[opened++] = at;
        }
    }

    private int sum(int at) {
        return at % width + at / width;
    }

    private int difference(int at) {
        return at % width - at / width;
    }

    /** {@return the outer corner of a pixel} */
    private Point corner(int at, int right, int down) {
        int column = at % width;
        int row = at / width;
        return new Point(column + right / 2.0, row + down / 2.0);
    }

    private Optional<MarkedFace> read(Ring ring) {
        if (ring.side() < SMALLEST_CELL * RING_SIDE || !ring.isSquare() || !isEdged(ring)) {
            return Optional.empty();
        }
        var bits = new boolean[FaceMarker.BITS_SIDE][FaceMarker.BITS_SIDE];
        for (int row = 0; row < bits.length; row++) {
            for (int column = 0; column < bits.length; column++) {
                bits[row][column] = !isDark(ring, row + FaceMarker.RINGS, column + FaceMarker.RINGS);
            }
        }
        for (int turns = 0; turns < 4; turns++) {
            var marker = FaceMarker.read(bits);
            if (marker.isPresent()) {
                var middle = ring.at(0.5, 0.5);
                var side = ring.side() * FaceMarker.SIDE / RING_SIDE;
                return Optional.of(new MarkedFace(marker.get(), turns, middle.x(), middle.y(), side));
            }
            bits = FaceMarker.turned(bits);
        }
        return Optional.empty();
    }

    /** {@return whether the outermost cells are white, and those inside them black} */
    private boolean isEdged(Ring ring) {
        for (int i = 0; i < FaceMarker.SIDE; i++) {
            for (int edge : new int[] {0, FaceMarker.SIDE - 1}) {
                if (isDark(ring, edge, i) || isDark(ring, i, edge)) {
                    return false;
                }
            }
        }
        for (int i = 1; i < FaceMarker.SIDE - 1; i++) {
            for (int edge : new int[] {1, FaceMarker.SIDE - 2}) {
                if (!isDark(ring, edge, i) || !isDark(ring, i, edge)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@return whether the middle of a cell is dark; outside of the picture nothing is} */
    private boolean isDark(Ring ring, int row, int column) {
        var middle = ring.at((column - 0.5) / RING_SIDE, (row - 0.5) / RING_SIDE);
        var reach = (int) (ring.side() / RING_SIDE / 5);
        int sum = 0;
        int count = 0;
        for (int y = (int) Math.round(middle.y()) - reach; y <= Math.round(middle.y()) + reach; y++) {
            for (int x = (int) Math.round(middle.x()) - reach; x <= Math.round(middle.x()) + reach; x++) {
                if (x >= 0 && y >= 0 && x < width && y < height) {
                    sum += lightness[y * width + x];
                    count++;
                }
            }
        }
        return count > 0 && sum < DARK * count;
    }
}
