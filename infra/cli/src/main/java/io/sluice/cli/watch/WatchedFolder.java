package io.sluice.cli.watch;

import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.watch.JournalEntry.Account;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The folder with its journal and its lock. The folder may be unmounted for a while: then its journal is gone, and when the
 * journal is back, it is read and locked again. So nothing is written to the empty place of an unmounted folder.
 */
final class WatchedFolder implements AutoCloseable {
    private final Path folder;
    private final Path journalFile;
    private final WatchJournal journal;
    private @Nullable FolderLock lock;
    private @Nullable Object opened;

    private WatchedFolder(Path folder, Path journalFile, Account account) {
        this.folder = folder;
        this.journalFile = journalFile;
        this.journal = new WatchJournal(journalFile, account);
    }

    /** Opens a folder, and makes its journal when it has none. The verb fails when another watcher works on it. */
    static WatchedFolder open(Path folder, Path journalFile, Account account) {
        var opened = new WatchedFolder(folder, journalFile, account);
        try {
            create(journalFile);
            opened.reach();
            return opened;
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the journal %s cannot be written (%s): name another place by --journal".formatted(journalFile, e));
        }
    }

    private static void create(Path journalFile) throws IOException {
        try {
            Files.createFile(journalFile);
        } catch (FileAlreadyExistsException e) {
            return; // that of the last run
        }
    }

    WatchJournal journal() {
        return journal;
    }

    /**
     * Makes sure that the folder is there, and that the journal is that of this folder.
     *
     * @throws IOException when it is not
     */
    void reach() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder + " is not there");
        }
        var found = identity();
        if (lock == null || !found.equals(opened)) {
            close();
            lock = FolderLock.take(journalFile.resolveSibling(journalFile.getFileName() + ".lock"));
            journal.load();
            opened = found;
        }
        journal.write();
    }

    private Object identity() throws IOException {
        try {
            var attributes = Files.readAttributes(journalFile, BasicFileAttributes.class);
            return Objects.requireNonNullElse(attributes.fileKey(), journalFile);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException("its journal %s is gone; is the folder mounted?".formatted(journalFile));
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
