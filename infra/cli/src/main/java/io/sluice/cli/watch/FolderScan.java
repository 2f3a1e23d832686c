package io.sluice.cli.watch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Looks at the folder. It follows no symbolic link, so that nothing outside of the folder is uploaded. */
final class FolderScan {
    private static final Comparator<FoundFile> OLDEST_FIRST =
            Comparator.comparing((FoundFile file) -> file.state().modified()).thenComparing(FoundFile::name);

    private final Path folder;
    private final boolean recursive;
    private final Set<Path> leftOut;
    private final WatchReport report;

    /** @param leftOut folders below it that are not looked at */
    FolderScan(Path folder, boolean recursive, Collection<Path> leftOut, WatchReport report) {
        this.folder = folder;
        this.recursive = recursive;
        this.leftOut = Set.copyOf(leftOut);
        this.report = report;
    }

    /**
     * Looks at every file. What cannot be read is named once, and the rest is looked at.
     *
     * @throws IOException when the folder itself cannot be read
     */
    FolderLook look() throws IOException {
        var visit = new Visit();
        Files.walkFileTree(folder, Set.of(), Integer.MAX_VALUE, visit);
        return visit.look();
    }

    private String name(Path path) {
        return StreamSupport.stream(folder.relativize(path).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    private final class Visit extends SimpleFileVisitor<Path> {
        private final List<FoundFile> files = new ArrayList<>();
        private final Map<FileIdentity, Long> unfinished = new HashMap<>();
        private final Set<Path> beingWritten = new HashSet<>();

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (path.equals(folder)) {
                return FileVisitResult.CONTINUE;
            }
            var isLeftOut = !recursive
                    || leftOut.contains(path)
                    || FileNames.isFolderLeftOut(path.getFileName().toString());
            return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            var fileName = path.getFileName().toString();
            if (FileNames.isUnfinished(fileName)) {
                unfinished.put(FileIdentity.of(attributes), attributes.size());
                FileNames.finished(fileName).map(path::resolveSibling).ifPresent(beingWritten::add);
            } else if (attributes.isSymbolicLink()) {
                report.sayOnce("links", "%s is a symbolic link; links are not followed".formatted(name(path)));
            } else if (attributes.isRegularFile() && !FileNames.isClutter(fileName)) {
                take(path, fileName, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        private void take(Path path, String fileName, BasicFileAttributes attributes) {
            if (FileNames.isPhoto(fileName)) {
                files.add(new FoundFile(name(path), path, FileState.of(attributes), FileIdentity.of(attributes)));
            } else {
                var kind = FileNames.kind(fileName);
                report.sayOnce(kind, "%s are not uploaded, such as %s".formatted(kind, name(path)));
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (path.equals(folder)) {
                throw e;
            }
            if (!FileNames.isUnfinished(path.getFileName().toString())) {
                report.sayOnce(
                        "unreadable " + path,
                        "%s cannot be read (%s)"
                                .formatted(name(path), e.getClass().getSimpleName()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) throws IOException {
            // a folder that broke off is incomplete in this look; the next look takes the rest
            if (e != null && path.equals(folder)) {
                throw e;
            }
            return FileVisitResult.CONTINUE;
        }

        private FolderLook look() {
            files.removeIf(file -> beingWritten.contains(file.path()));
            files.sort(OLDEST_FIRST);
            return new FolderLook(files, unfinished);
        }
    }
}
