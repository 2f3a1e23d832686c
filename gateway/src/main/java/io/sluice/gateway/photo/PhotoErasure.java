package io.sluice.gateway.photo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.erasure.OwnedData;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.photo.intake.PhotoEvents;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.stores.accounts.ErasedItems;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the photos of a deleted user. The ledger names them once the indexer has read their events, so the erasure goes
 * on until the indexer has read every event that was there when the erasure began. Uploads that end later look
 * themselves whether their owner is deleted; a photo of theirs that the ledger has is deleted too. The erasure ends when
 * the ledger, the object store and the provider of faces have nothing of the photos any more.
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
     * What this gateway knows of an erasure. After a crash another gateway begins with nothing, and deletes again what the
     * ledger still has.
     *
     * @param ends where photos.v1 ended when this gateway began it
     * @param deletions the versions of the deletions that this gateway wrote, by photo
     */
    private record Run(Map<TopicPartition, Long> ends, Map<String, Long> deletions) {}

    @Override
    public String stage() {
        return "photos-erased";
    }

    @Override
    public String counted() {
        return "photos";
    }

    @Override
    public boolean erase(String owner, ErasedItems items) {
        var isFirst = runs.getIfPresent(owner) == null;
        var run = runs.get(owner, _ -> new Run(groups.ends(names.of(Topics.PHOTOS)), new HashMap<>()));
        var isRead = groups.hasRead(names.group(Topics.PHOTO_INDEXER), run.ends());
        if (isFirst || isRead) {
            deleteAll(owner, run.deletions(), items);
        }
        return isRead && remains.areGone(owner, items.all());
    }

    private void deleteAll(String owner, Map<String, Long> deletions, ErasedItems items) {
        @Nullable String last = null;
        for (var page = ledger.ofOwner(owner, last, PAGE); !page.isEmpty(); page = ledger.ofOwner(owner, last, PAGE)) {
            var photos = ledger.find(page).values().stream()
                    .filter(row -> row.version() > deletions.getOrDefault(row.photoId(), -1L))
                    .map(PhotoRow::photoId)
                    .toList();
            items.add(photos);
            deletions.putAll(delete(photos, owner));
            last = page.getLast();
        }
    }

    /** {@return the versions of the deletions, by photo} */
    private Map<String, Long> delete(List<String> photoIds, String owner) {
        var running =
                photoIds.stream().map(photoId -> events.delete(photoId, owner)).toList();
        var versions = new HashMap<String, Long>();
        for (var deletion : running) {
            var accepted = Intake.await(deletion);
            accepted.outcome().cancel(false);
            versions.put(accepted.photoId(), accepted.version());
        }
        return versions;
    }
}
