package io.sluice.bench.harness;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param bound on which side of {@code value} is well
 * @param value in the figure's unit
 */
public record Target(Bound bound, double value) {
    /** Which side is well. */
    public enum Bound {
        AT_MOST("<="),
        AT_LEAST(">=");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    boolean isMetBy(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= value;
            case AT_LEAST -> measured >= value;
        };
    }

    /** {@return "met", or by how much of the target it was missed} */
    String verdict(double measured) {
        return isMetBy(measured)
                ? "met"
                : String.format(Locale.ROOT, "missed by %.0f %%", Math.abs(measured / value - 1) * 100);
    }

    String text(String unit) {
        return bound.sign + " " + NumberText.text(value, unit);
    }
}
