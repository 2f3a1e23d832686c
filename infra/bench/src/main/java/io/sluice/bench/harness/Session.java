package io.sluice.bench.harness;

import io.sluice.bench.harness.Rounds.Round;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** One run of one benchmark: its folder, its rounds and its figures. */
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

    /** {@return a folder of this run, which is deleted after it} */
    public Path folder() {
        return folder;
    }

    /** {@return whether the run is only to show that the benchmark works} */
    public boolean isQuick() {
        return quick;
    }

    /** {@return the first number, or the second one in a quick run} */
    public int count(int normally, int quickly) {
        return quick ? quickly : normally;
    }

    /**
     * Measures in rounds. A round that other processes disturb is repeated, at most once for each round wanted. The least
     * disturbed rounds count. The caller warms up before.
     *
     * @param rounds how many are wanted; a quick run has one
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

    /** Measures once, whatever other processes do meanwhile: for what their work can hardly change, and takes long. */
    public <T> Rounds<T> once(String what, Callable<T> work) throws Exception {
        var before = machine.read();
        var result = work.call();
        tell(what + ": done");
        return new Rounds<>(List.of(new Round<>(result, machine.read().foreignSince(before))));
    }

    /** Work whose processor time is measured. */
    public interface Work {
        /** Does the work. */
        void run() throws Exception;
    }

    /** Does some work, and returns the seconds of processor time of all our processes; NaN when it is not known. */
    public double processorSeconds(Work work) throws Exception {
        var before = machine.read();
        work.run();
        var after = machine.read();
        return after.own().isEmpty() ? Double.NaN : after.ownSince(before);
    }

    /** Adds a figure to the report. */
    public void add(Figure figure) {
        figures.add(figure);
        tell("  " + figure.what() + ": " + NumberText.text(figure.value(), figure.unit()));
    }

    /** Adds a sentence to the report, such as sizes and counts behind the figures. */
    public void note(String sentence) {
        notes.add(sentence);
        tell("  " + sentence);
    }

    /** Prints a line about the progress. */
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
