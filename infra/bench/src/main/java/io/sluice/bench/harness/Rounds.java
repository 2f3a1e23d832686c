package io.sluice.bench.harness;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of one measurement, each with its result and with the share of the machine that other processes took. */
public record Rounds<T>(List<Round<T>> all) {
    public Rounds {
        all = List.copyOf(all);
    }

    /**
     * One round.
     *
     * @param foreign how many cores other processes kept busy; NaN when it is not known
     */
    public record Round<T>(T result, double foreign) {
        boolean isQuiet() {
            return !(foreign > Machine.QUIET);
        }
    }

    /** {@return the median and the spread of a statistic over all rounds} */
    public Figure figure(String what, String unit, ToDoubleFunction<? super T> statistic) {
        var values = Samples.of(all.stream()
                .map(round -> statistic.applyAsDouble(round.result()))
                .toList());
        return Figure.of(what, unit, values, foreign());
    }

    /** {@return the most cores that other processes kept busy in a round} */
    public double foreign() {
        return all.stream().mapToDouble(Round::foreign).max().orElse(Double.NaN);
    }

    /** {@return the results of all rounds} */
    public List<T> results() {
        return all.stream().map(Round::result).toList();
    }
}
