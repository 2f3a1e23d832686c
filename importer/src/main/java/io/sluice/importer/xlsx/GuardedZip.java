package io.sluice.importer.xlsx;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_ENCRYPTED;
import static io.sluice.importer.sheet.ImporterFailure.FILE_TOO_LARGE;

import io.sluice.importer.sheet.FileRefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.input.XmlStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The zip archive of a workbook. Its directory says how large each part is; before a part is inflated, that size is
 * counted against a limit, and the part then gives no more bytes. Pictures and other parts that no reader opens do not
 * count. Each part goes through {@link XmlGuard}.
 */
final class GuardedZip {
    /** A directory is in memory, about 700 bytes for an entry. A picture in a workbook is one or two entries. */
    private static final int MOST_ENTRIES = 20_000;

    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();
    private final Set<String> opened = new HashSet<>();
    private final long maxInflated;
    private long inflated;

    private GuardedZip(ZipFile zip, long maxInflated) {
        this.zip = zip;
        this.maxInflated = maxInflated;
    }

    /**
     * Opens an archive in memory.
     *
     * @param maxInflated most bytes that all parts that are read may have together
     * @throws FileRefusedException when it is broken, encrypted, or has too many entries
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
            var guarded = new GuardedZip(zip, maxInflated);
            guarded.readDirectory();
            return guarded;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private void readDirectory() {
        var all = zip.getEntries();
        while (all.hasMoreElements()) {
            var entry = all.nextElement();
            if (entry.getGeneralPurposeBit().usesEncryption()) {
                throw new FileRefusedException(
                        FILE_ENCRYPTED, "The file is protected by a password; save it without one, and send that.");
            }
            var name = PartName.of(entry.getName());
            var other = entries.putIfAbsent(name, entry);
            if (other != null && (other.getCrc() != entry.getCrc() || other.getSize() != entry.getSize())) {
                ambiguous.add(name);
            }
            if (entries.size() > MOST_ENTRIES) {
                throw tooManyEntries();
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
                FILE_TOO_LARGE,
                "The archive has more than %,d entries; save the table alone, without pictures."
                        .formatted(MOST_ENTRIES));
    }

    private static FileRefusedException damaged(@Nullable Exception cause) {
        return new FileRefusedException(
                FILE_DAMAGED, "The file is a damaged archive; open it in Excel, save it anew, and send that.", cause);
    }

    /** {@return whether the archive has a part of this name, and anything in it} */
    boolean has(String name) {
        var entry = entries.get(PartName.of(name));
        return entry != null && entry.getSize() > 0;
    }

    /** {@return whether the archive has a part whose name begins like this} */
    boolean hasUnder(String start) {
        var begin = PartName.of(start);
        return entries.keySet().stream().anyMatch(name -> name.startsWith(begin));
    }

    /**
     * Opens a part. The encoding of XML is found out as the XML specification says (appendix F), so a part may have a
     * byte order mark or be UTF-16.
     *
     * @param name as {@link PartName} compares them
     * @param most most bytes that the part may have
     * @throws FileRefusedException when the parts that were opened until now exceed the limit together
     */
    Reader part(String name, long most) {
        var path = PartName.of(name);
        var entry = entries.get(path);
        if (entry == null) {
            throw damaged(null);
        }
        if (ambiguous.contains(path)) {
            throw new FileRefusedException(
                    FILE_DAMAGED,
                    "The archive has two different entries of one name; save the workbook anew, and send that.");
        }
        inflated += opened.add(path) ? Math.max(0, entry.getSize()) : 0;
        if (inflated > maxInflated || inflated < 0) {
            throw new FileRefusedException(
                    FILE_TOO_LARGE,
                    "The workbook inflates to more than %,d bytes; split it into several.".formatted(maxInflated));
        }
        try {
            var bytes = new Limited(zip.getInputStream(entry), Math.min(entry.getSize(), most));
            return new XmlGuard(XmlStreamReader.builder().setInputStream(bytes).get());
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Gives no more bytes than the directory says. */
    private static final class Limited extends FilterInputStream {
        private final byte[] one = new byte[1];
        private long left;

        Limited(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            var read = super.read(bytes, from, count);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new FileRefusedException(
                        FILE_DAMAGED,
                        "A part of the workbook is larger than it may be; save the table as .xlsx or CSV anew, and send that.");
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            throw new IOException("bytes must be read, so that they are counted");
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
