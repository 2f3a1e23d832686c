package io.sluice.stores.letters;

import static io.sluice.stores.letters.LetterState.DISCARDED;
import static io.sluice.stores.letters.LetterState.MENDED;
import static io.sluice.stores.letters.LetterState.OPEN;
import static io.sluice.stores.letters.Letters.START;
import static io.sluice.stores.letters.Letters.TOPIC;
import static io.sluice.stores.letters.Letters.again;
import static io.sluice.stores.letters.Letters.at;
import static io.sluice.stores.letters.Letters.coded;
import static io.sluice.stores.letters.Letters.edited;
import static io.sluice.stores.letters.Letters.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stores.letters.FailedRecord.Origin;
import io.sluice.stores.letters.FailedRecord.Reason;
import io.sluice.stores.letters.Letter.Line;
import io.sluice.stores.letters.LetterArrivals.Passed;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes from Kafka is noted once, whatever comes twice. */
class LetterArrivalsIT {
    private final TestPostgres.Database database = TestStack.postgres();
    private final Postgres postgres = new Postgres(PostgresConfig.of(database.url()), 4);
    private final LetterArrivals arrivals = new LetterArrivals(postgres);
    private final LetterTable letters =
            new LetterTable(postgres, Clock.fixed(START.plusSeconds(3_600), ZoneOffset.UTC));

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void aRecordIsNotedOnceHoweverOftenItIsRead() {
        arrive(at(0), at(1));
        arrive(at(0), at(1), at(2));

        assertThat(letters.openByPipeline()).containsOnly(Map.entry("embedder", 3L));
        var letter = letters.find(id(1)).orElseThrow();
        assertThat(letter.record()).isEqualTo(at(1));
        assertThat(letter.state()).isEqualTo(OPEN);
        assertThat(letters.history(letter))
                .containsExactly(
                        new Line(START.plusSeconds(1), "embedder", "failed", "IMAGE_UNDECODABLE: not a picture"));
    }

    @Test
    void twoRecordsAboutOneOriginalPositionAreOneLetter() {
        arrive(at(5), again(6, 5, 0));
        arrive(again(7, 5, 0));

        assertThat(letters.openByPipeline()).containsEntry("embedder", 1L);
        var letter = letters.find(id(7)).orElseThrow();
        assertThat(letter.id()).isEqualTo(id(5));
        assertThat(letters.history(letter)).extracting(Line::what).containsExactly("failed", "repeated", "repeated");
    }

    @Test
    void anotherGroupsLetterAboutTheSameRecordIsAnotherLetter() {
        var other = new FailedRecord(
                new LetterId("products.v1.other.dlq", 0, 0),
                new Origin("products.v1", 3, 5, "other"),
                "other",
                "p-5",
                new Reason("X", "x", 1),
                null,
                START,
                0,
                null,
                null,
                null);

        arrive(at(5));
        arrive(other);

        assertThat(letters.openByPipeline()).containsEntry("embedder", 1L).containsEntry("other", 1L);
    }

    @Test
    void aLetterThatWasSentBackAndFailedAgainIsTheSameLetterAndOpen() {
        arrive(at(5));
        set(5, "redriven");
        arrive(again(9, 5, 1));

        var letter = letters.find(id(5)).orElseThrow();
        assertThat(letter.id()).isEqualTo(id(9));
        assertThat(letter.state()).isEqualTo(OPEN);
        assertThat(letter.redrives()).isEqualTo(1);
        assertThat(letters.history(letter)).extracting(Line::what).containsExactly("failed", "failed");
        assertThat(letters.groups()).singleElement().satisfies(group -> {
            assertThat(group.counts()).containsOnly(Map.entry(OPEN, 1L));
            assertThat(group.sample().id()).isEqualTo(id(9));
        });
    }

    @Test
    void lettersOfWhatWasDeletedSinceAreDiscardedAndThoseOfTheDeletionAreNot() {
        assertThat(letters.openByPipeline()).isEmpty(); // makes the tables
        database.run("""
            INSERT INTO photos (photo_id, version, deleted_at) VALUES ('gone', 7, now());
            INSERT INTO photos (photo_id, version, owner, file_name, object, uploaded_at)
                VALUES ('there', 7, 'ann', 'a.jpg', '{}', now());
            INSERT INTO face_enrolments (user_id, version, deleted_at) VALUES ('ann', 7, now());
            """);
        arrive(
                about("photos.v1.photo-preparer.dlq", 1, "gone", 6L),
                about("photos.v1.photo-indexer.dlq", 2, "gone", 7L),
                about("photos.v1.photo-indexer.dlq", 3, "there", 6L),
                about("photos.v1.photo-indexer.dlq", 4, "gone", null),
                about("products.v1.embedder.dlq", 5, "gone", 6L),
                about("face-enrolments.v1.face-enroller.dlq", 6, "ann", 6L),
                about("face-enrolments.v1.face-enroller.dlq", 7, "ann", 7L));

        assertThat(new LetterChanges(postgres).discardDeleted(START)).isEqualTo(2);

        assertThat(database.rows("SELECT position FROM operations.dead_letters WHERE state = 'discarded' ORDER BY 1"))
                .containsExactly(List.of("1"), List.of("6"));
        var letter =
                letters.find(new LetterId("photos.v1.photo-preparer.dlq", 0, 1)).orElseThrow();
        assertThat(letters.history(letter)).last().returns("sluice", Line::who).returns("discarded", Line::what);
    }

    private static FailedRecord about(String topic, long offset, String key, @Nullable Long version) {
        return new FailedRecord(
                new LetterId(topic, 0, offset),
                new Origin("photos.v1", 0, offset, "group"),
                "pipeline",
                key,
                new Reason("X", "x", 1),
                null,
                START,
                0,
                version,
                null,
                null);
    }

    @Test
    void anEditedRecordThatFailedAgainIsTheSameLetter() {
        arrive(at(5));
        set(5, "redriven");
        arrive(edited(6, 77, 1, id(5)));

        var letter = letters.find(id(5)).orElseThrow();
        assertThat(letter.id()).isEqualTo(id(6));
        assertThat(letter.record().origin().offset()).isEqualTo(77);
        assertThat(letters.openByPipeline()).containsEntry("embedder", 1L);
    }

    @Test
    void aLetterIsMendedByTheNewsAboutItsNewestRecordOnly() {
        arrive(at(5));
        arrive(again(9, 5, 1));

        pass(id(5));
        assertThat(state(9)).isEqualTo(OPEN);
        pass(id(9));
        pass(id(9));
        assertThat(state(9)).isEqualTo(MENDED);
        arrive(again(10, 5, 1));
        assertThat(state(9)).as("a repetition says nothing new").isEqualTo(MENDED);
        assertThat(letters.history(letters.find(id(9)).orElseThrow()))
                .extracting(Line::what)
                .containsExactly("failed", "failed", "mended", "repeated");
    }

    @Test
    void aDiscardedLetterStaysDiscarded() {
        arrive(at(5));
        set(5, "discarded");

        pass(id(5));

        assertThat(state(5)).isEqualTo(DISCARDED);
    }

    @Test
    void tenThousandPoisonRecordsAreOneGroup() {
        for (var batch = 0; batch < 20; batch++) {
            var from = batch * 500;
            arrivals.add(IntStream.range(from, from + 500).mapToObj(Letters::at).toList(), List.of());
        }
        arrive(coded(10_000, "INVALID_EVENT"));

        assertThat(letters.groups()).hasSize(2);
        var poison = letters.groups().getFirst();
        assertThat(poison.count(OPEN)).isEqualTo(10_000);
        assertThat(poison.oldest()).isEqualTo(START);
        assertThat(poison.newest()).isEqualTo(START.plusSeconds(9_999));
        assertThat(poison.lastHour()).isEqualTo(9_999);
        assertThat(poison.sample().id()).isEqualTo(id(9_999));
    }

    @Test
    void lettersAreListedNewestFirstPageByPage() {
        arrive(IntStream.range(0, 25)
                .mapToObj(i -> coded(i, i % 2 == 0 ? "EVEN" : "ODD"))
                .toArray(FailedRecord[]::new));

        assertThat(offsets(filter(null, null), null, 3)).containsExactly(24L, 23L, 22L);
        assertThat(offsets(filter(null, null), id(22), 3)).containsExactly(21L, 20L, 19L);
        assertThat(offsets(filter("EVEN", null), id(4), 10)).containsExactly(2L, 0L);
        assertThat(offsets(filter(null, "p-7"), null, 10)).containsExactly(7L);
        assertThat(offsets(new LetterFilter(TOPIC, null, null, START.plusSeconds(23), OPEN), null, 10))
                .containsExactly(24L, 23L);
        assertThat(offsets(new LetterFilter(TOPIC, null, null, null, MENDED), null, 10))
                .isEmpty();
        assertThat(letters.knows(TOPIC)).isTrue();
        assertThat(letters.knows("photos.v1.preparer.dlq")).isFalse();
    }

    @Test
    void whatPostgresCannotStoreIsReplaced() {
        var record = new FailedRecord(
                id(1),
                new Origin("products.v1", 0, 1, "embedder-builtin-1"),
                "embedder",
                "a\0b",
                new Reason("X", "half \ud800", 1),
                null,
                START,
                0,
                null,
                null,
                null);

        arrive(record, again(2, 1, 1));

        assertThat(letters.find(id(1))).isPresent();
    }

    private List<Long> offsets(LetterFilter filter, @Nullable LetterId before, int limit) {
        return letters.list(filter, before, limit).stream()
                .map(letter -> letter.id().offset())
                .toList();
    }

    private static LetterFilter filter(@Nullable String code, @Nullable String key) {
        return new LetterFilter(TOPIC, code, key, null, null);
    }

    private void arrive(FailedRecord... records) {
        arrivals.add(List.of(records), List.of());
    }

    private void pass(LetterId id) {
        arrivals.add(List.of(), List.of(new Passed(id, START, "embedded", "j")));
    }

    private LetterState state(long offset) {
        return letters.find(id(offset)).orElseThrow().state();
    }

    private void set(long offset, String state) {
        database.run("UPDATE operations.dead_letters SET state = '%s' WHERE position = %d".formatted(state, offset));
    }
}
