package io.sluice.bench.harness;

import io.sluice.bench.harness.Target.Bound;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure with its spread.
 *
 * @param what the quantity that was measured
 * @param unit such as {@code ms}; empty for a plain ratio
 * @param value the median of the rounds
 * @param low the smallest of the rounds
 * @param high the largest of the rounds
 * @param rounds how many rounds there were
 * @param foreign the most cores that other processes kept busy in a round; NaN when it is not known
 * @param target null when there is none
 */
public record Figure(
        String what,
        String unit,
        double value,
        double low,
        double high,
        int rounds,
        double foreign,
        @Nullable Target target) {
    /** The head of a table of {@link #row}s. */
    static final String HEADER = """
            | what | median | min .. max | target | | rounds | others |
            | --- | ---: | --- | --- | --- | ---: | ---: |
            """;

    /** {@return a figure of several observations} */
    public static Figure of(String what, String unit, Samples samples, double foreign) {
        return new Figure(what, unit, samples.median(), samples.min(), samples.max(), samples.count(), foreign, null);
    }

    /** {@return a figure of one observation, such as a size} */
    public static Figure of(String what, String unit, double value) {
        return new Figure(what, unit, value, value, value, 1, Double.NaN, null);
    }

    /** {@return the same figure with a largest value as its target} */
    public Figure atMost(double most) {
        return new Figure(what, unit, value, low, high, rounds, foreign, new Target(Bound.AT_MOST, most));
    }

    /** {@return the same figure with a smallest value as its target} */
    public Figure atLeast(double least) {
        return new Figure(what, unit, value, low, high, rounds, foreign, new Target(Bound.AT_LEAST, least));
    }

    /** {@return whether other processes took so much of the machine that the figure cannot be trusted} */
    boolean isDisturbed() {
        return foreign > Machine.QUIET;
    }

    /** {@return a row of a Markdown table} */
    String row() {
        return "| %s | %s | %s | %s | %s | %d | %s |"
                .formatted(
                        what,
                        NumberText.text(value, unit),
                        rounds == 1 ? "" : NumberText.text(low) + " .. " + NumberText.text(high),
                        target == null ? "" : target.text(unit),
                        target == null ? "" : target.verdict(value),
                        rounds,
                        Double.isNaN(foreign)
                                ? ""
                                : String.format(Locale.ROOT, "%.2f%s", foreign, isDisturbed() ? " !" : ""));
    }
}
