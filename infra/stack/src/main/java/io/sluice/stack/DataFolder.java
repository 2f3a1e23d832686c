package io.sluice.stack;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The folder of all state, which holds secrets. */
public final class DataFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /** Every data folder has this file since its first start. */
    static final String LOCK = "lock";

    private DataFolder() {}

    /**
     * Makes the folder for its owner only. A folder that exists and others may use becomes its owner's, if it is empty or
     * is a data folder already. A folder that also has other files in it keeps its permissions.
     *
     * @return what the user should know about the permissions; empty when they were right
     */
    public static Optional<String> make(Path dataDir) throws IOException {
        if (!Files.exists(dataDir)) {
            Files.createDirectories(dataDir.toAbsolutePath().getParent());
            // the attribute alone is subject to the umask, which can only take rights away
            Files.createDirectory(dataDir, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return Optional.empty();
        }
        var found = Files.getPosixFilePermissions(dataDir);
        return OWNER_ONLY.containsAll(found) ? Optional.empty() : Optional.of(narrow(dataDir, found));
    }

    private static String narrow(Path dataDir, Set<PosixFilePermission> found) throws IOException {
        var shown = PosixFilePermissions.toString(found);
        if (!Files.exists(dataDir.resolve(LOCK)) && !isEmpty(dataDir)) {
            return "Other users of this machine may use the data folder %s (%s), which also has files that are not Sluice's: set SLUICE_DATA_DIR to a folder of its own, or run chmod 700"
                    .formatted(dataDir, shown);
        }
        try {
            Files.setPosixFilePermissions(dataDir, OWNER_ONLY);
            return "Other users of this machine could use the data folder %s (%s); now only its owner can"
                    .formatted(dataDir, shown);
        } catch (FileSystemException e) {
            return "Another user owns the data folder %s, so its permissions (%s) stay as they are"
                    .formatted(dataDir, shown);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
