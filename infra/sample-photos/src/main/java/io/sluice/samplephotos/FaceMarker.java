package io.sluice.samplephotos;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The mark on the face of a drawn person. A program reads from it who the person is, where the face is and how it is
 * turned, without any model of faces. {@link FaceMarkerReader} is such a program.
 *
 * <p>A marker is a square of 11 by 11 cells, black and white only, so that it survives scaling, JPEG and changes of
 * color. The outermost ring of cells is white. It keeps the marker apart from whatever is drawn around it. The ring
 * inside it is black. The 7 by 7 cells inside that are bits, row by row from the upper left, where white is 1:
 *
 * <ol>
 *   <li>32 bits: the number of the person, highest bit first
 *   <li>16 bits: the CRC-16 of the four bytes of that number (polynomial 0x1021, start value 0xFFFF, not reflected)
 *   <li>1 bit: 1
 * </ol>
 *
 * <p>The markers in use read as a valid marker in one position only, so a reader also learns by how many quarter turns
 * the picture is turned.
 *
 * @param number the person's number, which no other person has
 */
public record FaceMarker(int number) {
    /** How many cells a marker has on each side. */
    public static final int SIDE = 11;

    /** The width of a face in widths of its marker. The marker is in the middle of the face. */
    public static final double FACE_WIDTH = 1.6;

    /** The height of a face, from the chin to the hair, in widths of its marker. */
    public static final double FACE_HEIGHT = 2.1;

    /** How many cells on each side are bits. */
    static final int BITS_SIDE = 7;

    /** How many cells surround the bits on each side. */
    static final int RINGS = 2;

    private static final int CHECK_BITS = 16;
    private static final int CHECK_START = 0xFFFF;
    private static final int CHECK_POLYNOMIAL = 0x1021;

    /** {@return whether the cell is white} */
    boolean isWhite(int row, int column) {
        var ring = Math.min(Math.min(row, column), Math.min(SIDE - 1 - row, SIDE - 1 - column));
        return ring >= RINGS ? bit((row - RINGS) * BITS_SIDE + column - RINGS) : ring == 0;
    }

    private boolean bit(int index) {
        var content = (((long) number << CHECK_BITS) | check(number)) << 1 | 1;
        return (content >> (BITS_SIDE * BITS_SIDE - 1 - index) & 1) == 1;
    }

    /** {@return whether a reader cannot take the marker for another one when the picture is turned} */
    boolean isReadOneWayOnly() {
        var bits = new boolean[BITS_SIDE][BITS_SIDE];
        for (int row = 0; row < BITS_SIDE; row++) {
            for (int column = 0; column < BITS_SIDE; column++) {
                bits[row][column] = bit(row * BITS_SIDE + column);
            }
        }
        for (int turn = 1; turn < 4; turn++) {
            bits = turned(bits);
            if (read(bits).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** {@return the marker with these bits; empty when the check fails} */
    static Optional<FaceMarker> read(boolean[][] bits) {
        long content = 0;
        for (var row : bits) {
            for (var bit : row) {
                content = content << 1 | (bit ? 1 : 0);
            }
        }
        var number = (int) (content >> (CHECK_BITS + 1));
        var check = (int) (content >> 1) & 0xFFFF;
        return (content & 1) == 1 && check == check(number) ? Optional.of(new FaceMarker(number)) : Optional.empty();
    }

    /** {@return the cells after a quarter turn against the clock} */
    static boolean[][] turned(boolean[][] bits) {
        var turned = new boolean[BITS_SIDE][BITS_SIDE];
        for (int row = 0; row < BITS_SIDE; row++) {
            for (int column = 0; column < BITS_SIDE; column++) {
                turned[BITS_SIDE - 1 - column][row] = bits[row][column];
            }
        }
        return turned;
    }

    private static int check(int number) {
        int check = CHECK_START;
        for (var next : ByteBuffer.allocate(Integer.BYTES).putInt(number).array()) {
            check ^= (next & 0xFF) << Byte.SIZE;
            for (int i = 0; i < Byte.SIZE; i++) {
                check = (check & 0x8000) == 0 ? check << 1 : check << 1 ^ CHECK_POLYNOMIAL;
            }
        }
        return check & 0xFFFF;
    }
}
