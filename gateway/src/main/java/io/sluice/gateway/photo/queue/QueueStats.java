package io.sluice.gateway.photo.queue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** The figures of the queue and the cache. The names of the members are contract. */
@Schema(name = "QueueStats")
record QueueStats(Queue queue, Caches cache) {
    /**
     * The queue of photos. The first number is the sum of the next three.
     *
     * @param totalEnqueued uploads and deletions of photos, ever
     * @param totalProcessed those that were handled
     * @param totalFailed those that were given up; a dead letter that was sent back and has passed counts as handled
     * @param currentQueueSize those that wait, for their first attempt or for the next one
     * @param workersActive consumer threads that are alive, over all instances
     */
    @Schema(name = "PhotoQueue")
    record Queue(long totalEnqueued, long totalProcessed, long totalFailed, long currentQueueSize, int workersActive) {}

    /** The caches of the gateway that answers. */
    @Schema(name = "GalleryCaches")
    record Caches(GalleryCache userPhotosCache) {}

    /**
     * The cache of galleries.
     *
     * @param size pages
     * @param hits requests since the gateway's start whose page was there
     * @param misses requests since the gateway's start whose page was read from Postgres
     * @param hitRate the share of hits
     */
    @Schema(name = "GalleryCache")
    record GalleryCache(
            long size,
            long hits,
            long misses,
            @Schema(example = "82.14%") String hitRate) {
        static GalleryCache of(long size, long hits, long misses) {
            var requests = hits + misses;
            var rate = requests == 0 ? 0 : 100.0 * hits / requests;
            return new GalleryCache(size, hits, misses, String.format(Locale.ROOT, "%.2f%%", rate));
        }
    }
}
