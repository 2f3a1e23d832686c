package io.sluice.cli.watch;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Moves files that are uploaded to one folder, and files that are refused to another one, with a text that says why. */
final class SortedFolders {
    static final String DONE = "done";
    static final String FAILED = "failed";

    private static final String TEXT = ".txt";

    private final Optional<Path> folder;
    private final boolean waits;
    private final WatchReport report;

    /**
     * @param folder empty when files stay where they are
     * @param waits whether a file stays until the job of its photo has ended
     */
    SortedFolders(Optional<Path> folder, boolean waits, WatchReport report) {
        this.folder = folder;
        this.waits = waits;
        this.report = report;
    }

    /** Moves a file whose outcome is in the journal. A file that cannot be moved stays, and is not uploaded again. */
    void put(FoundFile file, JournalEntry entry) {
        folder.ifPresent(below -> {
            try {
                switch (entry.status()) {
                    case QUEUED -> {
                        if (!waits || entry.jobId().isEmpty()) {
                            move(file, below.resolve(DONE));
                        }
                    }
                    case DUPLICATE, SUCCEEDED -> move(file, below.resolve(DONE));
                    case REJECTED, FAILED -> moveWithReason(file, entry, below.resolve(FAILED));
                }
            } catch (IOException e) {
                report.sayOnce("move " + below, "%s cannot be moved (%s)".formatted(file.name(), e));
            }
        });
    }

    private static void moveWithReason(FoundFile file, JournalEntry entry, Path to) throws IOException {
        var target = free(to.resolve(file.name()));
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.writeString(
                target.resolveSibling(target.getFileName() + TEXT),
                "%s%n%s%n%s%n".formatted(entry.name(), entry.reason(), entry.at()));
        move(file.path(), target);
    }

    private static void move(FoundFile file, Path to) throws IOException {
        var target = free(to.resolve(file.name()));
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        move(file.path(), target);
    }

    /** A kill leaves the file where it was, or moved as a whole; on another disk also a copy that ends in {@code .part}. */
    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            var copy = to.resolveSibling(to.getFileName() + ".part");
            Files.copy(from, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(from);
        }
    }

    /** {@return the path, or the first such as {@code a (2).jpg} that no other file has} */
    private static Path free(Path wanted) {
        var name = wanted.getFileName().toString();
        var dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> number == 1
                        ? wanted
                        : wanted.resolveSibling(
                                "%s (%d)%s".formatted(name.substring(0, dot), number, name.substring(dot))))
                .filter(path -> !Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow();
    }
}
