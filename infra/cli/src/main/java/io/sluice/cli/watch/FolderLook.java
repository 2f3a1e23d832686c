package io.sluice.cli.watch;

import java.util.List;
import java.util.Map;

/**
 * What one look at the folder found.
 *
 * @param files the files that may be photos, oldest first
 * @param unfinished the sizes of the files whose names say that they are still being written
 */
record FolderLook(List<FoundFile> files, Map<FileIdentity, Long> unfinished) {
    FolderLook {
        files = List.copyOf(files);
        unfinished = Map.copyOf(unfinished);
    }
}
