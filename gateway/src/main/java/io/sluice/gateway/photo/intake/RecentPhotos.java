package io.sluice.gateway.photo.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Remembers for a while the photos that this gateway saved or deleted, because the ledger learns of them later. */
@Singleton
public final class RecentPhotos {
    private static final Duration KEPT = Duration.ofMinutes(10);
    /** About 20 MB. */
    private static final int MOST = 100_000;

    private final Cache<String, Change> changes =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    /**
     * The last change of a photo.
     *
     * @param version the position of its event in Kafka
     * @param exists whether the photo exists after it
     */
    public record Change(long version, boolean exists) {}

    /** Notes a change, unless a later one is noted already. */
    void note(String photoId, Change change) {
        changes.asMap().merge(photoId, change, (before, now) -> now.version() > before.version() ? now : before);
    }

    /** {@return the last change of the photo; empty when this gateway does not remember one} */
    public Optional<Change> find(String photoId) {
        return Optional.ofNullable(changes.getIfPresent(photoId));
    }
}
