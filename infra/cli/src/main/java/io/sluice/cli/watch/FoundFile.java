package io.sluice.cli.watch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of the watched folder, as one look found it.
 *
 * @param name its path below the folder, with {@code /} between the parts
 */
record FoundFile(String name, Path path, FileState state, FileIdentity identity) {
    /** {@return whether the file is no longer as that look found it} */
    boolean hasChanged() {
        return !FileState.of(path).equals(Optional.of(state));
    }
}
