package io.sluice.cli.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Files that are not uploaded now, each as long as it does not change. */
final class LeftOut {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 5;

    private final Map<String, Entry> files = new HashMap<>();

    /** @param tries how often it was tried; 0 for a file that is left out until it changes */
    private record Entry(FileState state, Instant until, int tries) {}

    /** Leaves a file out until it changes. */
    void untilChanged(FoundFile file) {
        files.put(file.name(), new Entry(file.state(), Instant.MAX, 0));
    }

    /** Leaves a file out for ten seconds, the next time twice as long, and so on up to five minutes. */
    void forAWhile(FoundFile file, Instant now) {
        var before = files.get(file.name());
        var tries = before == null || !before.state().equals(file.state()) ? 1 : before.tries() + 1;
        var pause = FIRST.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
        files.put(file.name(), new Entry(file.state(), now.plus(pause), tries));
    }

    boolean contains(FoundFile file, Instant now) {
        var entry = files.get(file.name());
        return entry != null && entry.state().equals(file.state()) && now.isBefore(entry.until());
    }

    /** Forgets the files that a look did not find, or that were uploaded since. */
    void keep(Set<String> names) {
        files.keySet().retainAll(names);
    }

    /** {@return the files that will be tried again, and were tried at least so often} */
    Set<String> tried(int times) {
        return files.entrySet().stream()
                .filter(file -> file.getValue().tries() >= times)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
