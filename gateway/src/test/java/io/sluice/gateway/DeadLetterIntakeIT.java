package io.sluice.gateway;

import static io.sluice.stores.letters.LetterState.MENDED;
import static io.sluice.stores.letters.LetterState.OPEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stack.LocalPostgres;
import io.sluice.stores.letters.Letter;
import io.sluice.stores.letters.LetterId;
import io.sluice.stores.letters.LetterState;
import io.sluice.stores.letters.LetterTable;
import io.sluice.testkit.TestStack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The desk notes every letter of every dead-letter topic of its deployment once, also around outages. */
class DeadLetterIntakeIT {
    private final Path folder = TestStack.newFolder("postgres");
    private LocalPostgres postgres = LocalPostgres.start(folder);
    private final int port = postgres.port();
    private final String prefix = TestStack.kafka().freshPrefix();
    private GatewayUnderTest gateway = start();

    private GatewayUnderTest start() {
        return new GatewayUnderTest(
                prefix,
                Map.of(
                        "database.url",
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                        "database.user",
                        "postgres"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        postgres.close();
    }

    @Test
    void notesTheLettersOfATopicThatIsMadeLaterWithinSeconds() {
        var letters = new DeadLetterWriter(gateway, "import-rows.v1", "row-indexer", "row-indexer");
        var made = Instant.now();
        var headers = letters.headers("POSTGRES_REJECTED", "a text\u001b[31m is too long");
        headers.put("x-job-id", "job-1");
        var id = letters.write("companies:\u00071", "{}", headers);

        var letter = awaitLetter(id);

        assertThat(Duration.between(made, Instant.now())).isLessThan(Duration.ofSeconds(10));
        var record = letter.record();
        assertThat(record.pipeline()).isEqualTo("row-indexer");
        assertThat(record.key()).isEqualTo("companies:\\u00071");
        assertThat(record.reason().message()).isEqualTo("a text\\u001b[31m is too long");
        assertThat(record.origin().topic()).isEqualTo("import-rows.v1");
        assertThat(record.origin().group()).isEqualTo("row-indexer");
        assertThat(record.firstFailedAt()).isEqualTo("2026-11-27T12:00:00Z");
        assertThat(record.jobId()).isEqualTo("job-1");
    }

    @Test
    void notesWhatOtherProgramsWroteThere() {
        var letters = new DeadLetterWriter(gateway, "products.v1", "embedder", "embedder-builtin-1");
        var bare = letters.write((String) null, (byte[]) null, Map.of());
        var strange = letters.write(
                "k",
                "v",
                Map.of(
                        "x-orig-offset", "-7",
                        "x-orig-partition", "many",
                        "x-first-failed-at", "+1000000000-12-31T23:59:59Z",
                        "x-attempt", "99999999999",
                        "x-letter", "no/letter"));
        var fine = letters.write("p", "{}", letters.headers("X", "x"));

        assertThat(awaitLetter(bare).record().key()).isNull();
        assertThat(awaitLetter(strange).record().reason().code()).isEqualTo("UNKNOWN");
        assertThat(awaitLetter(fine).state()).isEqualTo(OPEN);
    }

    @Test
    void marksALetterMendedWhenItsGroupHasPassedTheRecord() {
        var letters = new DeadLetterWriter(gateway, "products.v1", "embedder", "embedder-builtin-1");
        var id = letters.write("p", "{}", letters.headers("X", "x"));
        var other = letters.write("q", "{}", letters.headers("X", "x"));
        awaitLetter(other);

        report(id, JobStatus.RETRYING);
        report(id, JobStatus.DEAD);
        report(other, JobStatus.PROCESSING);
        awaitState(other, MENDED);
        assertThat(awaitLetter(id).state()).isEqualTo(OPEN);
        report(id, JobStatus.SUPERSEDED);
        awaitState(id, MENDED);
    }

    @Test
    void nothingIsSkippedWhilePostgresIsAwayAndTheGatewayServes() {
        var letters = new DeadLetterWriter(gateway, "products.v1", "embedder", "embedder-builtin-1");
        var before = letters.write("p-0", "{}", letters.headers("X", "x"));
        awaitLetter(before);
        postgres.close();

        var during = letters.write("p-1", "{}", letters.headers("X", "x"));
        gateway.close();
        gateway = start();
        var last = letters.write("p-2", "{}", letters.headers("X", "x"));
        var form =
                new Multipart().field("product_id", "p").field("name", "Lamp").field("description", "Light.");
        assertThat(gateway.post("/api/v1/index-product", form, "Prefer", "respond-async")
                        .status())
                .isEqualTo(202);

        postgres = LocalPostgres.start(folder, folder.resolve("bin"), "127.0.0.1", port);
        awaitLetter(during);
        awaitLetter(last);
        assertThat(gateway.bean(LetterTable.class).openByPipeline()).containsExactly(Map.entry("embedder", 3L));
    }

    private void report(LetterId letter, JobStatus outcome) {
        var error = outcome == JobStatus.DEAD ? new JobError("X", "x") : null;
        var event = JobEvent.of(UUID.randomUUID().toString(), "product", "embedded", outcome, Instant.now())
                .withError(error);
        TestStack.kafka()
                .write(
                        gateway.topic("job-events.v1"),
                        event.jobId(),
                        new String(new JsonCodec().encode(event), UTF_8),
                        Map.of("x-letter", gateway.topic(letter.topic()) + "/" + letter.id()));
    }

    private Letter awaitLetter(LetterId id) {
        return await().atMost(DeadLetterWriter.patience())
                .ignoreExceptions()
                .until(() -> gateway.bean(LetterTable.class).find(id), Optional::isPresent)
                .orElseThrow();
    }

    private void awaitState(LetterId id, LetterState state) {
        await().atMost(DeadLetterWriter.patience()).until(() -> awaitLetter(id).state() == state);
    }
}
