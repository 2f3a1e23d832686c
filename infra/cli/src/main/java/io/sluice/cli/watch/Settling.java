package io.sluice.cli.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells which files are fully written. A file is, when two looks found it the same and lie far enough apart; or when the look
 * before found it under the name of an unfinished file, because a program renames a file once it has written it.
 */
final class Settling {
    private final Duration settle;
    private Map<String, Sighting> seen = Map.of();
    private Map<FileIdentity, Long> unfinished = Map.of();

    /** @param since the first look that found this state */
    private record Sighting(FileState state, Instant since) {}

    /** @param settle how far apart the two looks must lie */
    Settling(Duration settle) {
        this.settle = settle;
    }

    /**
     * Returns the files of a look that are fully written, in order. Any other file needs another look.
     *
     * @param isWanted files that it does not hold for are left out
     * @param now the time of this look
     */
    List<FoundFile> ready(FolderLook look, Predicate<FoundFile> isWanted, Instant now) {
        var sightings = new HashMap<String, Sighting>();
        var ready = new ArrayList<FoundFile>();
        for (var file : look.files()) {
            if (isWanted.test(file)) {
                var since = sameSince(file);
                sightings.put(file.name(), new Sighting(file.state(), since.orElse(now)));
                if (since.map(first -> !now.isBefore(first.plus(settle))).orElseGet(() -> wasRenamed(file))) {
                    ready.add(file);
                }
            }
        }
        seen = sightings;
        unfinished = look.unfinished();
        return ready;
    }

    /** {@return how many files of the last look were wanted, those that were ready included} */
    int wanted() {
        return seen.size();
    }

    /** {@return the first look that found the file as it is now; empty when this look is the first one} */
    private Optional<Instant> sameSince(FoundFile file) {
        return Optional.ofNullable(seen.get(file.name()))
                .filter(sighting -> sighting.state().equals(file.state()))
                .map(Sighting::since);
    }

    private boolean wasRenamed(FoundFile file) {
        var size = unfinished.get(file.identity());
        return size != null && size <= file.state().size();
    }
}
