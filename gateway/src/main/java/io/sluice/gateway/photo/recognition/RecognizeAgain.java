package io.sluice.gateway.photo.recognition;

import io.sluice.gateway.intake.DurableWrites;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.FaceEnrolments.Enrolment;
import io.sluice.stores.face.FaceEnrolments.Known;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends prepared photos and enrolments to the rekognizer once more, as they are in the ledger. The rekognizer reads them
 * from first retry topics, so that no other pipeline gets them. It asks the provider only about pictures whose result it
 * has not kept.
 */
@Singleton
final class RecognizeAgain {
    private static final int PAGE = 500;

    private final PhotoLedger ledger;
    private final FaceEnrolments enrolments;
    private final DurableWrites writes;

    RecognizeAgain(PhotoLedger ledger, FaceEnrolments enrolments, DurableWrites writes) {
        this.ledger = ledger;
        this.enrolments = enrolments;
        this.writes = writes;
    }

    /**
     * A page of photos that were sent.
     *
     * @param photos how many; those that are not prepared come to the rekognizer by themselves
     * @param faces how many enrolled faces
     * @param next the page after this one follows this photo; null when this was the last
     */
    record Page(long photos, long faces, @Nullable String next) {}

    /**
     * Sends a page of photos; with the first page also all enrolled faces, or that of the owner. Blocks until Kafka has
     * them.
     *
     * @param owner null for the photos of all users
     * @param after null for the first page
     * @throws io.sluice.web.problem.ProblemException when Postgres or Kafka does not answer
     */
    Page send(@Nullable String owner, @Nullable String after) {
        var faces = after == null ? sendFaces(owner) : 0;
        var ids = read(owner, after);
        var photos = send(Topics.photosToRecognizeAgain(), prepared(ids));
        return new Page(photos, faces, ids.size() < PAGE ? null : ids.getLast());
    }

    private long sendFaces(@Nullable String owner) {
        if (owner != null) {
            return send(Topics.facesToEnrollAgain(), enrolled(() -> enrolment(owner)));
        }
        var sent = 0L;
        for (var last = ""; ; ) {
            var from = last;
            var page = enrolled(() -> enrolments.all(from, PAGE));
            sent += send(Topics.facesToEnrollAgain(), page);
            if (page.size() < PAGE) {
                return sent;
            }
            last = page.getLast().value().key();
        }
    }

    private <E extends EntityEvent> long send(Topic<E> topic, List<Versioned<E>> events) {
        var sent = events.stream()
                .map(event -> writes.write(topic, event.value().key(), event.value(), headers(event)))
                .toList();
        sent.forEach(Intake::await);
        return sent.size();
    }

    private record Versioned<E>(E value, long version) {}

    private static Map<String, String> headers(Versioned<?> event) {
        return Map.of(Headers.ENTITY_VERSION, String.valueOf(event.version()));
    }

    private List<Enrolment> enrolment(String user) {
        return enrolments.find(user).map(Known::enrolment).stream().toList();
    }

    private static List<Versioned<FaceEnrolled>> enrolled(Supplier<List<Enrolment>> question) {
        return ask(question).stream()
                .map(each -> new Versioned<>(
                        new FaceEnrolled(each.userId(), each.selfie(), each.consentedAt()), each.version()))
                .toList();
    }

    private List<String> read(@Nullable String owner, @Nullable String after) {
        return ask(() -> owner == null ? ledger.all(after, PAGE) : ledger.ofOwner(owner, after, PAGE));
    }

    private List<Versioned<PreparedPhoto>> prepared(List<String> ids) {
        return ask(() -> ledger.find(ids)).values().stream()
                .flatMap(row -> prepared(row).stream())
                .toList();
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw Outage.or(e, GatewayProblem.LEDGER_UNAVAILABLE, "Photos cannot be read now; try again in a moment.");
        }
    }

    private static Optional<Versioned<PreparedPhoto>> prepared(PhotoRow row) {
        return row.preparedPhoto().map(photo -> new Versioned<>(photo, row.version()));
    }
}
