package io.sluice.gateway.photo.gallery;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.stores.photo.GalleryTable.Page;
import io.sluice.stores.photo.GalleryTable.Part;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Keeps pages of galleries. Requests for a page that is being read wait for that one reading. A page is in the cache from
 * the moment at which its reading begins; if it is forgotten before its reading ends, it is not kept. Safe for use by
 * many threads.
 */
final class GalleryPages {
    /** Weights are about bytes: some hundred pages of the usual size. */
    private static final long MOST = 32L * 1024 * 1024;

    private static final int WEIGHT_OF_PAGE = 300;
    private static final int WEIGHT_OF_PHOTO = 400;

    private final Function<Part, Page> reader;
    private final AsyncCache<Part, Page> kept;

    /** @param longest how long a page is kept at most */
    GalleryPages(Duration longest, Function<Part, Page> reader) {
        this.reader = reader;
        this.kept = Caffeine.newBuilder()
                .expireAfterWrite(longest)
                .maximumWeight(MOST)
                .weigher((Part part, Page page) -> weight(page))
                .recordStats()
                .buildAsync();
    }

    private static int weight(Page page) {
        return WEIGHT_OF_PAGE
                + page.photos().stream()
                        .mapToInt(photo -> WEIGHT_OF_PHOTO + photo.fileName().length())
                        .sum();
    }

    /**
     * {@return the page; read now, unless it is kept or is being read}
     *
     * @throws RuntimeException what the reader throws
     */
    Page page(Part part) {
        try {
            return kept.get(
                            part,
                            (key, executor) -> CompletableFuture.supplyAsync(
                                    () -> reader.apply(key),
                                    task -> Thread.ofVirtual().name("gallery").start(task)))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Forgets the pages of this owner, and the pages of all photos. */
    void forget(String owner) {
        kept.asMap().keySet().removeIf(part -> part.owner() == null || owner.equals(part.owner()));
    }

    /** Forgets all pages. */
    void forgetAll() {
        kept.asMap().clear();
    }

    /** {@return the number of pages} */
    long size() {
        return kept.synchronous().asMap().size();
    }

    /** {@return how many requests found their page, or waited for a reading that had begun} */
    long hits() {
        return kept.synchronous().stats().hitCount();
    }

    /** {@return how many requests had their page read} */
    long misses() {
        return kept.synchronous().stats().missCount();
    }
}
