package io.sluice.gateway.photo.intake;

import io.sluice.gateway.photo.intake.RecentPhotos.Change;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import io.sluice.stores.postgres.OptionalAnswers;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Knows whether a photo exists: from the ledger, from what this gateway has accepted itself, and from the open jobs of all
 * gateways.
 */
@Singleton
public final class KnownPhotos {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final PhotoLedger ledger;
    private final RecentPhotos recent;
    private final JobBoard board;
    private final OptionalAnswers postgres;

    KnownPhotos(@Named(Postgres.FOR_CACHE) PhotoLedger ledger, RecentPhotos recent, JobBoard board, Clock clock) {
        this.ledger = ledger;
        this.recent = recent;
        this.board = board;
        this.postgres = new OptionalAnswers("photo-duplicates", "photos that exist are accepted again", clock);
    }

    /**
     * Returns whether the photo exists, or will once its event is handled. Of what the ledger has and what this gateway
     * accepted last, the later version counts.
     *
     * <p>An open job of a later version is a change that this gateway does not know. It may be a deletion that another
     * gateway accepted, so the photo is taken not to exist. While Postgres is away, the gateway does not know the photos
     * of others either. A photo that exists is accepted again then; that does no harm.
     */
    public boolean have(String photoId) {
        var rows = postgres.askWithin(LONGEST_WAIT, () -> ledger.find(List.of(photoId)))
                .map(Map::values)
                .orElse(List.of());
        return Stream.concat(rows.stream().map(KnownPhotos::change), recent.find(photoId).stream())
                .max(Comparator.comparingLong(Change::version))
                .filter(last -> last.exists() && !changesAfter(last.version(), photoId))
                .isPresent();
    }

    private boolean changesAfter(long version, String photoId) {
        return board.open(JobKind.PHOTO, photoId).stream()
                .anyMatch(job -> job.version() != null && job.version() > version);
    }

    private static Change change(PhotoRow row) {
        return new Change(row.version(), row.upload() != null);
    }
}
