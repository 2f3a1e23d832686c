package io.sluice.bench.harness;

import java.util.Locale;

/** Formats numbers for a person: three significant digits, and at most two decimals. */
final class NumberText {
    private NumberText() {}

    static String text(double value) {
        var size = Math.abs(value);
        var format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : size == 0 ? "%.0f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }

    static String text(double value, String unit) {
        return unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }
}
