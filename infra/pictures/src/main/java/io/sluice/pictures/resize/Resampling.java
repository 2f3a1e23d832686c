package io.sluice.pictures.resize;

/**
 * One axis of an antialiased bicubic resize: the source pixels of each target pixel, and their weights.
 *
 * <p>The kernel is Keys' cubic with a = -1/2. When shrinking it is stretched by the scale, so that every source pixel
 * counts (support 2 * scale). Weights are sampled at pixel centers, normalized to sum 1, and rounded to {@value
 * #PRECISION} bits after the point. This is the arithmetic of Pillow's {@code Image.resize(..., BICUBIC)}, which the
 * preprocessing of published models uses. A resize without antialiasing moves their embeddings more than quantizing the
 * whole model does.
 */
final class Resampling {
    /** 32 bits, minus 8 for the pixel, minus 2 for the kernel's overshoot. */
    static final int PRECISION = 32 - 8 - 2;

    private static final double SUPPORT = 2;
    private static final double A = -0.5;

    private final int[] starts;
    private final int[][] weights;
    private final boolean isCopy;
    private final int from;

    private Resampling(int[] starts, int[][] weights, boolean isCopy, int from) {
        this.starts = starts;
        this.weights = weights;
        this.isCopy = isCopy;
        this.from = from;
    }

    /**
     * {@return the weights of {@code count} target pixels from {@code from} on, when {@code in} pixels become {@code
     * out}}
     */
    static Resampling of(int in, int out, int from, int count) {
        var scale = (double) in / out;
        var stretch = Math.max(1, scale);
        var support = SUPPORT * stretch;
        var starts = new int[count];
        var weights = new int[count][];
        for (int i = 0; i < count; i++) {
            var center = (from + i + 0.5) * scale;
            var low = Math.max(0, (int) (center - support + 0.5));
            var high = Math.min(in, (int) (center + support + 0.5));
            starts[i] = low;
            weights[i] = fixedPoint(kernel(center, low, high, stretch));
        }
        return new Resampling(starts, weights, in == out, from);
    }

    /** {@return whether each target pixel is the source pixel that is {@link #from} pixels further} */
    boolean isCopy() {
        return isCopy;
    }

    /** {@return how many scaled pixels come before the first target pixel} */
    int from() {
        return from;
    }

    /** {@return how many target pixels there are} */
    int count() {
        return starts.length;
    }

    /** {@return the first source pixel of a target pixel} */
    int start(int target) {
        return starts[target];
    }

    /** {@return the weights of a target pixel's source pixels, from {@link #start} on; not to be changed} */
    int[] weights(int target) {
        return weights[target];
    }

    /** {@return one more than the last source pixel of a target pixel} */
    int end(int target) {
        return starts[target] + weights[target].length;
    }

    /** {@return how many target pixels, one behind the other, have a source pixel in common at most} */
    int mostAtOnce() {
        var most = 1;
        for (int first = 0, next = 0; first < starts.length; first++) {
            while (next < starts.length && starts[next] < end(first)) {
                next++;
            }
            most = Math.max(most, next - first);
        }
        return most;
    }

    /** {@return the first source pixel that has a weight} */
    int first() {
        return starts[0];
    }

    /** {@return one more than the last source pixel that has a weight} */
    int end() {
        return end(starts.length - 1);
    }

    private static double[] kernel(double center, int low, int high, double stretch) {
        var values = new double[high - low];
        var sum = 0.0;
        for (int i = 0; i < values.length; i++) {
            values[i] = cubic((low + i - center + 0.5) / stretch);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return values;
    }

    private static double cubic(double distance) {
        var x = Math.abs(distance);
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    private static int[] fixedPoint(double[] values) {
        var fixed = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            var scaled = values[i] * (1 << PRECISION);
            fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return fixed;
    }
}
