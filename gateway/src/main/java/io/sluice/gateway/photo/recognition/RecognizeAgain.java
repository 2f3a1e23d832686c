package io.sluice.gateway.photo.recognition;

import io.sluice.gateway.intake.DurableWrites;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends prepared photos to the rekognizer once more, as they are in the ledger. The rekognizer reads them from its first
 * retry topic, so that no other pipeline gets them. It asks the provider only about pictures whose result it has not kept.
 */
@Singleton
final class RecognizeAgain {
    private static final int PAGE = 500;

    private final PhotoLedger ledger;
    private final DurableWrites writes;

    RecognizeAgain(PhotoLedger ledger, DurableWrites writes) {
        this.ledger = ledger;
        this.writes = writes;
    }

    /**
     * A page of photos that were sent.
     *
     * @param sent how many; those that are not prepared come to the rekognizer by themselves
     * @param next the page after this one follows this photo; null when this was the last
     */
    record Page(long sent, @Nullable String next) {}

    /**
     * Sends a page of photos. Blocks until Kafka has them.
     *
     * @param owner null for the photos of all users
     * @param after null for the first page
     * @throws io.sluice.web.problem.ProblemException when Postgres or Kafka does not answer
     */
    Page send(@Nullable String owner, @Nullable String after) {
        var ids = read(owner, after);
        var sent = prepared(ids).stream()
                .map(photo -> writes.write(
                        Topics.photosToRecognizeAgain(), photo.value().key(), photo.value(), headers(photo)))
                .toList();
        sent.forEach(Intake::await);
        return new Page(sent.size(), ids.size() < PAGE ? null : ids.getLast());
    }

    private record Versioned(PreparedPhoto value, long version) {}

    private static Map<String, String> headers(Versioned photo) {
        return Map.of(Headers.ENTITY_VERSION, String.valueOf(photo.version()));
    }

    private List<String> read(@Nullable String owner, @Nullable String after) {
        try {
            return owner == null ? ledger.all(after, PAGE) : ledger.ofOwner(owner, after, PAGE);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private List<Versioned> prepared(List<String> ids) {
        try {
            return ledger.find(ids).values().stream()
                    .flatMap(row -> prepared(row).stream())
                    .toList();
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private static RuntimeException unavailable(RuntimeException e) {
        return Outage.or(e, GatewayProblem.LEDGER_UNAVAILABLE, "Photos cannot be read now; try again in a moment.");
    }

    private static Optional<Versioned> prepared(PhotoRow row) {
        return row.preparedPhoto().map(photo -> new Versioned(photo, row.version()));
    }
}
