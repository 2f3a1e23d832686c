package io.sluice.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param what was measured
 * @param value in {@code unit}
 * @param unit such as {@code ms}
 * @param target the most it should be, in the same unit; null when nothing was promised
 * @param samples how many observations it is made of
 */
record Measurement(
        String what, double value, String unit, @Nullable Double target, int samples) {
    boolean isMet() {
        return target == null || value <= target;
    }

    String row() {
        var promised = target == null ? "-" : String.format(Locale.ROOT, "%.0f %s", target, unit);
        var verdict = target == null
                ? ""
                : isMet() ? "met" : String.format(Locale.ROOT, "missed by %.0f %%", (value / target - 1) * 100);
        return String.format(
                Locale.ROOT, "| %s | %.1f %s | %s | %s | %d |", what, value, unit, promised, verdict, samples);
    }
}
