package io.sluice.gateway.photo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.erasure.OwnedData;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.photo.intake.PhotoEvents;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.stores.photo.PhotoLedger;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the photos of a deleted user. The ledger names them once the indexer has read their events, so the erasure goes
 * on until the indexer has read every event that was there when the erasure began. Uploads that end later look
 * themselves whether their owner is deleted. The erasure ends when the ledger, the object store and the provider of faces
 * have nothing of the photos any more.
 */
@Singleton
final class PhotoErasure implements OwnedData {
    private static final int PAGE = 500;
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final PhotoLedger ledger;
    private final PhotoEvents events;
    private final ConsumerGroups groups;
    private final TopicNames names;
    private final PhotoRemains remains;
    private final Cache<String, Run> runs =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    PhotoErasure(
            PhotoLedger ledger, PhotoEvents events, ConsumerGroups groups, TopicNames names, PhotoRemains remains) {
        this.ledger = ledger;
        this.events = events;
        this.groups = groups;
        this.names = names;
        this.remains = remains;
    }

    /**
     * What this gateway knows of an erasure.
     *
     * @param ends where photos.v1 ended when this gateway began it
     * @param deleted the photos that this gateway has deleted
     */
    private record Run(Map<TopicPartition, Long> ends, Set<String> deleted) {}

    @Override
    public String stage() {
        return "photos-erased";
    }

    @Override
    public Progress erase(String owner) {
        var isFirst = runs.getIfPresent(owner) == null;
        var run = runs.get(owner, _ -> new Run(groups.ends(names.of(Topics.PHOTOS)), new HashSet<>()));
        var isRead = groups.hasRead(names.group(Topics.PHOTO_INDEXER), run.ends());
        if (isFirst || isRead) {
            deleteAll(owner, run.deleted());
        }
        var isComplete = isRead && remains.areGone(owner, run.deleted());
        return new Progress(isComplete, Map.of("photos", (long) run.deleted().size()));
    }

    private void deleteAll(String owner, Set<String> deleted) {
        @Nullable String last = null;
        for (var page = ledger.ofOwner(owner, last, PAGE); !page.isEmpty(); page = ledger.ofOwner(owner, last, PAGE)) {
            delete(page.stream().filter(photoId -> !deleted.contains(photoId)).toList(), owner);
            deleted.addAll(page);
            last = page.getLast();
        }
    }

    private void delete(List<String> photoIds, String owner) {
        var deletions =
                photoIds.stream().map(photoId -> events.delete(photoId, owner)).toList();
        deletions.forEach(deletion -> Intake.await(deletion).outcome().cancel(false));
    }
}
