package io.sluice.pictures.face;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers that describe a face, scaled so that the vector has the length 1. */
public final class UnitVector {
    private final float[] numbers;

    private UnitVector(float[] numbers) {
        this.numbers = numbers;
    }

    /** {@return the vector of length 1 with the direction of these numbers; if all are 0, they stay 0} */
    public static UnitVector along(float[] numbers) {
        double squares = 0;
        for (var number : numbers) {
            squares += (double) number * number;
        }
        var length = squares > 0 ? Math.sqrt(squares) : 1;
        var scaled = new float[numbers.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (numbers[i] / length);
        }
        return new UnitVector(scaled);
    }

    /** {@return the vector that {@link #bytes} has written} */
    public static UnitVector read(byte[] bytes) {
        var numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return new UnitVector(numbers);
    }

    /** {@return the numbers, four bytes each, the lowest byte first} */
    public byte[] bytes() {
        var bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    /** {@return how many numbers it has} */
    public int size() {
        return numbers.length;
    }

    /**
     * {@return the cosine of the angle between two vectors of the same size, -1 to 1}
     *
     * @throws IllegalArgumentException when the sizes differ
     */
    public double cosineTo(UnitVector other) {
        if (numbers.length != other.numbers.length) {
            throw new IllegalArgumentException(
                    "vectors of %d and %d numbers".formatted(numbers.length, other.numbers.length));
        }
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += (double) numbers[i] * other.numbers[i];
        }
        return Math.clamp(sum, -1, 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitVector vector && Arrays.equals(numbers, vector.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }
}
