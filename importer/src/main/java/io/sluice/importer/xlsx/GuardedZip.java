package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_ENCRYPTED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;

import io.sluice.importer.sheet.FileRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.poi.openxml4j.util.ZipEntrySource;
import org.jspecify.annotations.Nullable;

/**
 * The zip archive of a workbook. Before anything is inflated, its directory is checked: the number of entries, their
 * names, and their size together. An entry then gives no more bytes than the directory says, and every part goes
 * through {@link XmlGuard}.
 */
final class GuardedZip implements ZipEntrySource {
    private static final int MOST_ENTRIES = 500;
    /** Most bytes of a part that is read as a whole, such as a list of relationships; real ones have a few thousand. */
    private static final long LARGEST_SMALL_PART = 4L << 20;

    private final ZipFile zip;
    private final List<ZipArchiveEntry> entries;
    private boolean closed;

    private GuardedZip(ZipFile zip, List<ZipArchiveEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    /**
     * Opens an archive in memory.
     *
     * @param maxInflated most bytes that all entries may have together
     * @throws FileRefusedException when it is broken, encrypted, or goes beyond a limit
     */
    @SuppressWarnings("resource") // the archive is in memory: there is nothing to close
    static GuardedZip open(byte[] file, long maxInflated) {
        if (directoryEntries(file) > 2 * MOST_ENTRIES) {
            throw tooManyEntries();
        }
        try {
            var zip = ZipFile.builder()
                    .setSeekableByteChannel(new SeekableInMemoryByteChannel(file))
                    .setIgnoreLocalFileHeader(true)
                    .get();
            var entries = Collections.list(zip.getEntries());
            check(entries, maxInflated);
            return new GuardedZip(zip, entries);
        } catch (IOException | IllegalArgumentException e) {
            throw new FileRefusedException(
                    FILE_DAMAGED, "The file is a damaged archive; open it in Excel, save it anew, and send that.", e);
        }
    }

    private static void check(List<ZipArchiveEntry> entries, long maxInflated) {
        if (entries.size() > MOST_ENTRIES) {
            throw tooManyEntries();
        }
        var names = new HashSet<String>();
        long inflated = 0;
        for (var entry : entries) {
            if (!names.add(entry.getName())) {
                throw new FileRefusedException(
                        FILE_DAMAGED,
                        "The archive has two entries of one name; save the workbook anew, and send that.");
            }
            if (entry.getGeneralPurposeBit().usesEncryption()) {
                throw new FileRefusedException(
                        FILE_ENCRYPTED, "The file is protected by a password; save it without one, and send that.");
            }
            inflated += Math.max(0, entry.getSize());
            if (inflated > maxInflated || inflated < 0) {
                throw new FileRefusedException(
                        FILE_TOO_LARGE,
                        "The workbook inflates to more than %,d bytes; split it into several.".formatted(maxInflated));
            }
        }
    }

    /** Counts headers of the central directory. Their signature may appear elsewhere by chance, but not that often. */
    private static int directoryEntries(byte[] file) {
        int count = 0;
        for (int i = 0; i + 3 < file.length; i++) {
            if (file[i] == 'P' && file[i + 1] == 'K' && file[i + 2] == 1 && file[i + 3] == 2) {
                count++;
            }
        }
        return count;
    }

    private static FileRefusedException tooManyEntries() {
        return new FileRefusedException(
                FILE_DAMAGED, "The archive has more than %,d entries, which no table needs.".formatted(MOST_ENTRIES));
    }

    /** {@return whether an entry's name begins like this} */
    boolean has(String start) {
        return entries.stream().anyMatch(entry -> entry.getName().startsWith(start));
    }

    @Override
    public Enumeration<ZipArchiveEntry> getEntries() {
        return Collections.enumeration(entries);
    }

    @Override
    public @Nullable ZipArchiveEntry getEntry(String path) {
        var name = path.startsWith("/") ? path.substring(1) : path;
        return entries.stream()
                .filter(entry -> entry.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public InputStream getInputStream(ZipArchiveEntry entry) throws IOException {
        var name = entry.getName();
        var streamed = !name.endsWith(".rels") && (name.contains("sheet") || name.contains("sharedStrings"));
        var limit = streamed ? entry.getSize() : Math.min(entry.getSize(), LARGEST_SMALL_PART);
        return new XmlGuard(zip.getInputStream(entry), limit);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
