package io.sluice.bench.harness;

import io.sluice.bench.harness.Target.Bound;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure with its spread.
 *
 * @param what was measured
 * @param unit such as {@code ms}; empty for a plain ratio
 * @param value the median of the rounds
 * @param low the smallest of the rounds
 * @param high the largest of the rounds
 * @param rounds how many there were
 * @param foreign the most that others took of the machine in a round, in cores; NaN where it is not known
 * @param target what was promised; null when nothing was
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
    /** Above the table of {@link #row}s. */
    static final String HEADER = """
            | what | median | min .. max | target | | rounds | others |
            | --- | ---: | --- | --- | --- | ---: | ---: |
            """;

    /** {@return a figure of rounds that were watched as one} */
    public static Figure of(String what, String unit, Samples samples, double foreign) {
        return new Figure(what, unit, samples.median(), samples.min(), samples.max(), samples.count(), foreign, null);
    }

    /** {@return a figure that was read once, as a size is} */
    public static Figure of(String what, String unit, double value) {
        return new Figure(what, unit, value, value, value, 1, Double.NaN, null);
    }

    /** {@return the same, which should not be more than this} */
    public Figure atMost(double most) {
        return new Figure(what, unit, value, low, high, rounds, foreign, new Target(Bound.AT_MOST, most));
    }

    /** {@return the same, which should not be less than this} */
    public Figure atLeast(double least) {
        return new Figure(what, unit, value, low, high, rounds, foreign, new Target(Bound.AT_LEAST, least));
    }

    /** {@return whether others took so much of the machine that the figure says as much about them} */
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
