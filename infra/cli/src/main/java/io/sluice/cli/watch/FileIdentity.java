package io.sluice.cli.watch;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells one file from another on the same file system, whatever its name is. The number of a file may be given to a new file
 * once the old one is deleted, so the time of its creation belongs to it. Some network file systems give a file another
 * number now and then; it is another file then.
 *
 * @param number null where the file system has none
 */
record FileIdentity(@Nullable Object number, Instant created) {
    static FileIdentity of(BasicFileAttributes attributes) {
        return new FileIdentity(attributes.fileKey(), attributes.creationTime().toInstant());
    }
}
