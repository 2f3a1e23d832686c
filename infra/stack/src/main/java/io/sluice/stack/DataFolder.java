package io.sluice.stack;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of all state, which holds secrets. */
public final class DataFolder {
    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    /** Every data folder has this file since its first start. */
    static final String LOCK = "lock";

    private DataFolder() {}

    /**
     * Makes the folder for its owner only, if it does not exist. A data folder of an earlier version becomes its owner's,
     * too. A folder that was made for something else keeps its permissions.
     */
    public static void make(Path dataDir) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        if (!Files.exists(dataDir)) {
            Files.createDirectories(dataDir.toAbsolutePath().getParent());
            Files.createDirectory(dataDir, PosixFilePermissions.asFileAttribute(ownerOnly));
        } else if (Files.exists(dataDir.resolve(LOCK))) {
            try {
                Files.setPosixFilePermissions(dataDir, ownerOnly);
            } catch (FileSystemException e) {
                log.atWarn()
                        .addKeyValue("folder", dataDir)
                        .addKeyValue("reason", e.getReason())
                        .log("Another user owns the data folder, so its permissions stay as they are");
            }
        }
    }
}
