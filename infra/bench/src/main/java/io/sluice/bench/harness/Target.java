package io.sluice.bench.harness;

import java.util.Locale;

/**
 * The target of a figure.
 *
 * @param bound which side of {@code value} meets the target
 * @param value in the unit of the figure
 */
public record Target(Bound bound, double value) {
    /** The side that meets a target. */
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

    /** {@return "met", or by how many percent the target was missed} */
    String verdict(double measured) {
        return isMetBy(measured)
                ? "met"
                : String.format(Locale.ROOT, "missed by %.0f %%", Math.abs(measured / value - 1) * 100);
    }

    String text(String unit) {
        return bound.sign + " " + NumberText.text(value, unit);
    }
}
