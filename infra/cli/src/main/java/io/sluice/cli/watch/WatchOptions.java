package io.sluice.cli.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a person asks of a watcher.
 *
 * @param folder the folder itself, where a link to it leads
 * @param moveTo where uploaded and refused files go; empty when they stay
 * @param every the pause between two looks
 * @param settle how long a file must stand still
 * @param batch how many files one call has at most
 * @param once how long the gateway may be away in a run that ends by itself; empty for a run that does not end
 * @param waits whether to follow the jobs of the photos
 */
record WatchOptions(
        Path folder,
        Path journal,
        Optional<Path> moveTo,
        boolean recursive,
        Duration every,
        Duration settle,
        int batch,
        Optional<Duration> once,
        boolean waits) {
    /** {@return the folders below the watched one in which there is nothing to upload} */
    List<Path> leftOut() {
        return moveTo.map(folder -> List.of(folder.resolve(SortedFolders.DONE), folder.resolve(SortedFolders.FAILED)))
                .orElseGet(List::of);
    }
}
