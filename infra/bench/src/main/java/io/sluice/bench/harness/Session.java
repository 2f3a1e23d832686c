package io.sluice.bench.harness;

import io.sluice.bench.harness.Rounds.Round;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** One run of one benchmark: where it keeps its files, how it measures, and what it found. */
public final class Session {
    private final Path folder;
    private final boolean quick;
    private final PrintStream progress;
    private final Machine machine;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Session(Path folder, boolean quick, PrintStream progress, Machine machine) {
        this.folder = folder;
        this.quick = quick;
        this.progress = progress;
        this.machine = machine;
    }

    /** {@return an empty folder of its own, gone when it is over} */
    public Path folder() {
        return folder;
    }

    /** {@return whether to show that it works, in a short time, rather than to measure well} */
    public boolean isQuick() {
        return quick;
    }

    /** {@return how many of something: the one number, or a smaller one when it is to be quick} */
    public int count(int normally, int quickly) {
        return quick ? quickly : normally;
    }

    /**
     * Measures in rounds. A round that others disturb is done again, at most once for each round wanted; of all rounds
     * those with the least disturbance count. Warming up is the caller's, who knows what is cold.
     *
     * @param rounds how many are wanted; one when it is to be quick
     */
    public <T> Rounds<T> rounds(String what, int rounds, Callable<T> round) throws Exception {
        var wanted = quick ? 1 : rounds;
        var most = quick ? 1 : 2 * rounds;
        var all = new ArrayList<Round<T>>();
        while (all.size() < most && all.stream().filter(Round::isQuiet).count() < wanted) {
            var before = machine.read();
            var result = round.call();
            var done = new Round<>(result, machine.read().foreignSince(before));
            all.add(done);
            tell(String.format(
                    Locale.ROOT,
                    "%s: round %d%s",
                    what,
                    all.size(),
                    done.isQuiet() ? "" : String.format(Locale.ROOT, ", others took %.2f cores", done.foreign())));
        }
        return new Rounds<>(all.stream()
                .sorted(Comparator.comparingDouble(Round::foreign))
                .limit(wanted)
                .toList());
    }

    /** Work that is measured by the processor time that it takes. */
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    /** {@return the seconds of processor time that all our processes took together for this work; NaN when unknown} */
    public double processorSeconds(Work work) throws Exception {
        var before = machine.read();
        work.run();
        var after = machine.read();
        return after.own().isEmpty() ? Double.NaN : after.ownSince(before);
    }

    /** Takes a figure into the report. */
    public void add(Figure figure) {
        figures.add(figure);
        tell("  " + figure.what() + ": " + NumberText.text(figure.value(), figure.unit()));
    }

    /** Takes a sentence into the report: what the figures stand for, such as sizes and counts. */
    public void note(String sentence) {
        notes.add(sentence);
        tell("  " + sentence);
    }

    /** Tells whoever watches how far it is. */
    public void tell(String line) {
        progress.println(line);
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
