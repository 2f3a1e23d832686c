package io.sluice.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures how busy other processes keep the machine during a benchmark. Linux counts the time that all processors worked,
 * and the time of each process; the difference between the sum and our processes is foreign. Our processes are this JVM,
 * its descendants, and every process whose working folder is inside the benchmark's folder. The last rule is for Postgres,
 * which detaches itself from the process that starts it.
 */
public final class Machine {
    /** A round is disturbed when other processes kept more cores busy than this. */
    static final double QUIET = 0.15;

    /** The unit of time in /proc; it does not depend on the kernel's own tick. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int FIRST_TIME = 11;
    private static final int TIMES = 4;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int GUEST = 8;

    private final Path proc;
    private final Path folder;

    Machine(Path proc, Path folder) {
        this.proc = proc;
        this.folder = folder;
    }

    /** {@return this machine; processes that work inside the folder are ours} */
    public static Machine watching(Path folder) {
        return new Machine(Path.of("/proc"), folder);
    }

    /**
     * Processor times at one moment.
     *
     * @param nanos the value of {@link System#nanoTime}
     * @param busy seconds that all processors together have worked since the machine started
     * @param own seconds of processor time of our processes by process id, with those of their ended children
     */
    record Reading(long nanos, double busy, Map<Long, Double> own) {
        Reading {
            own = Map.copyOf(own);
        }

        /** {@return how many cores other processes kept busy since then, on average; NaN when it is not known} */
        double foreignSince(Reading then) {
            var seconds = (nanos - then.nanos) / 1e9;
            if (Double.isNaN(busy) || Double.isNaN(then.busy) || seconds <= 0) {
                return Double.NaN;
            }
            return Math.max(0, (busy - then.busy - ownSince(then)) / seconds);
        }

        /** {@return the seconds of processor time that our processes took since then} */
        double ownSince(Reading then) {
            var ours = 0.0;
            for (var process : own.entrySet()) {
                ours += Math.max(0, process.getValue() - then.own.getOrDefault(process.getKey(), 0.0));
            }
            return ours;
        }
    }

    Reading read() {
        try {
            var total =
                    Files.readAllLines(proc.resolve("stat")).getFirst().trim().split("\\s+", -1);
            var busy = 0.0;
            for (int i = 1; i < total.length && i <= GUEST; i++) {
                busy += i - 1 == IDLE || i - 1 == IO_WAIT ? 0 : Double.parseDouble(total[i]);
            }
            return new Reading(System.nanoTime(), busy / TICKS_PER_SECOND, own());
        } catch (IOException e) { // not Linux
            return new Reading(System.nanoTime(), Double.NaN, Map.of());
        }
    }

    private Map<Long, Double> own() throws IOException {
        var own = new HashMap<Long, Double>();
        var self = ProcessHandle.current();
        Stream.concat(Stream.of(self), self.descendants()).forEach(process -> put(process.pid(), own));
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : processes) {
                var pid = Long.parseLong(process.getFileName().toString());
                if (!own.containsKey(pid) && isInside(process)) {
                    put(pid, own);
                }
            }
        }
        return own;
    }

    private boolean isInside(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
        } catch (IOException | RuntimeException e) { // the process has ended, or belongs to another user
            return false;
        }
    }

    private void put(long pid, Map<Long, Double> times) {
        try {
            var stat = Files.readString(proc.resolve(String.valueOf(pid)).resolve("stat"));
            // the name in parentheses may hold anything; after it everything is a number
            var fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split("\\s+", -1);
            var ticks = 0.0;
            for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
                ticks += Double.parseDouble(fields[i]);
            }
            times.put(pid, ticks / TICKS_PER_SECOND);
        } catch (IOException e) {
            times.remove(pid); // the process has ended
        }
    }
}
