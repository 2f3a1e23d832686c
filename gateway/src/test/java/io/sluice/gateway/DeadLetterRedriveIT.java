package io.sluice.gateway;

import static io.sluice.gateway.DeadLetterDesk.header;
import static io.sluice.gateway.DeadLetterDesk.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.letters.LetterId;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin sends single letters back to the group that gave them up, or discards them. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class DeadLetterRedriveIT {
    private DeadLetterDesk desk;
    private GatewayUnderTest gateway;

    @BeforeEach
    void signIn(ClosedGateway.Door door) {
        desk = DeadLetterDesk.of(door);
        gateway = door.gateway();
    }

    @Test
    void aLetterGoesToTheRetryTopicOfItsGroupWithTheBytesAndTheVersionOfTheRecord() {
        var letters = desk.writer("products.v1", "sender");
        var headers = letters.headers("IMAGE_UNDECODABLE", "not a picture");
        headers.put("x-job-id", "job-of-the-product");
        headers.put("x-not-before", "99");
        headers.put("x-upstream", "erp");
        var id = desk.awaitLetter(letters.write("p-1", new byte[] {1, 2, (byte) 0xff}, headers));

        var answer = desk.redrive(id, "");

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        assertThat(answer.json().path("job_id").asText()).isEqualTo("job-of-the-product");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/jobs/job-of-the-product");
        var sent = desk.records(letters.retries());
        assertThat(sent).hasSize(1);
        var record = sent.getFirst();
        assertThat(new String(record.key(), UTF_8)).isEqualTo("p-1");
        assertThat(record.value()).isEqualTo(new byte[] {1, 2, (byte) 0xff});
        var expected = new TreeMap<>(headers);
        expected.remove("x-attempt");
        expected.remove("x-not-before");
        expected.put("x-redrive-count", "1");
        expected.put("x-letter", gateway.topic(id.topic()) + "/" + id.id());
        assertThat(TestKafka.headers(record)).isEqualTo(expected);
        assertThat(desk.letter(id).json().path("redrives").asInt()).isEqualTo(1);
        assertThat(desk.state(id)).isEqualTo("redriven");
        assertThat(desk.letter(id).json().path("history").path(1).path("who").asText())
                .isEqualTo("the-admin");
    }

    @Test
    void aPostWithoutABodyAsCurlSendsItSendsTheLetterBack(ClosedGateway.Door door) throws IOException {
        var letters = desk.writer("products.v1", "bodiless");
        var id = desk.awaitLetter(letters.write("p-1", "{}", letters.headers("X", "x")));

        var answer = RawCall.send(
                gateway.port(),
                "POST %s/%s/%s/redrive HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(DeadLetterDesk.LETTERS, id.topic(), id.id(), door.token(Caller.ADMIN)));

        assertThat(answer).startsWith("HTTP/1.1 202");
        assertThat(desk.state(id)).isEqualTo("redriven");
    }

    @Test
    void aRecordWithoutAJobGetsOne() {
        var letters = desk.writer("products.v1", "jobless");
        var id = desk.awaitLetter(letters.write("p-1", "{}", letters.headers("X", "x")));

        var answer = desk.redrive(id, "{}");

        var jobId = answer.json().path("job_id").asText();
        assertThat(header(desk.records(letters.retries()).getFirst(), "x-job-id"))
                .isEqualTo(jobId);
        var job = desk.admin().get("/api/v1/jobs/" + jobId);
        assertThat(job.json().path("kind").asText()).isEqualTo("redrive");
        assertThat(job.json().path("subject").asText()).isEqualTo("p-1");
    }

    @Test
    void theJobEndsWhenItsPipelineSaysOnlyThatTheLetterIsMended() {
        var letters = desk.writer("import-rows.v1", "row-mender");
        var id = desk.awaitLetter(letters.write("companies:1", "{}", letters.headers("X", "x")));
        var jobId = desk.redrive(id, "").json().path("job_id").asText();

        desk.pass(id, JobEvent.step(jobId, "import", "mended", Instant.now()));

        await().atMost(DeadLetterWriter.patience())
                .until(() -> desk.admin()
                        .get("/api/v1/jobs/" + jobId)
                        .json()
                        .path("status")
                        .asText()
                        .equals("succeeded"));
        assertThat(desk.state(id)).isEqualTo("mended");
    }

    @Test
    void theDeadJobOfTheRecordGoesOn() {
        var jobId = UUID.randomUUID().toString();
        var dead = JobEvent.of(jobId, "product", "embedded", JobStatus.DEAD, Instant.now())
                .withError(new JobError("X", "x"));
        TestStack.kafka()
                .write(
                        gateway.topic("job-events.v1"),
                        jobId,
                        new String(new JsonCodec().encode(dead), UTF_8),
                        Map.of("x-job-id", jobId));
        var letters = desk.writer("products.v1", "reopener");
        var headers = letters.headers("X", "x");
        headers.put("x-job-id", jobId);
        var id = desk.awaitLetter(letters.write("p-1", "{}", headers));
        await().atMost(DeadLetterWriter.patience()).until(() -> status(jobId).equals("dead"));

        assertThat(desk.redrive(id, "").status()).isEqualTo(202);

        assertThat(status(jobId)).isEqualTo("processing");
    }

    private String status(String jobId) {
        return desk.admin().get("/api/v1/jobs/" + jobId).json().path("status").asText();
    }

    @Test
    void aMendedLetterIsRefusedWithTheReason() {
        var letters = desk.writer("products.v1", "mender");
        var id = desk.awaitLetter(letters.write("p-1", "{}", letters.headers("X", "x")));
        assertThat(desk.redrive(id, "").status()).isEqualTo(202);

        desk.pass(id);
        desk.awaitState(id, "mended");

        var again = desk.redrive(id, "{\"force\":true}");
        refused(again, 409, "DEAD_LETTER_MENDED");
        assertThat(again.json().path("detail").asText()).contains("has passed").contains("embedded");
        refused(desk.discard(id, "old"), 409, "DEAD_LETTER_MENDED");
        assertThat(desk.history(id)).containsExactly("failed", "redriven", "mended");
        assertThat(desk.records(letters.retries())).hasSize(1);
    }

    @Test
    void aDiscardedLetterIsRefusedWithWhoAndWhy() {
        var letters = desk.writer("products.v1", "discarder");
        var id = desk.awaitLetter(letters.write("p-1", "{}", letters.headers("X", "x")));

        refused(desk.admin().send("POST", DeadLetterDesk.path(id) + "/discard", "{}"), 422, "VALIDATION_FAILED");
        var discarded = desk.discard(id, "a test of the supplier");

        assertThat(discarded.status()).isEqualTo(202);
        assertThat(discarded.json().path("state").asText()).isEqualTo("discarded");
        var again = desk.redrive(id, "");
        refused(again, 409, "DEAD_LETTER_DISCARDED");
        assertThat(again.json().path("detail").asText()).contains("the-admin: a test of the supplier");
        refused(desk.discard(id, "again"), 409, "DEAD_LETTER_DISCARDED");
    }

    @Test
    void aLetterThatFailsAgainAndAgainNeedsForceAfterThreeRedrives() {
        var letters = desk.writer("products.v1", "stubborn");
        var headers = letters.headers("X", "still bad");
        var first = desk.awaitLetter(letters.write("p-1", "{}", headers));
        LetterId last = first;
        for (var i = 1; i <= 3; i++) {
            assertThat(desk.redrive(first, "").status()).isEqualTo(202);
            headers.put("x-redrive-count", String.valueOf(i));
            headers.put("x-letter", gateway.topic(last.topic()) + "/" + last.id());
            last = desk.awaitLetter(letters.write("p-1", "{}", headers));
        }

        assertThat(desk.letter(first).json().path("id").asText()).isEqualTo(last.id());
        assertThat(desk.state(first)).isEqualTo("open");
        var refusal = desk.redrive(last, "");
        refused(refusal, 409, "DEAD_LETTER_REDRIVEN_OFTEN");
        assertThat(refusal.json().path("detail").asText())
                .contains("3 times")
                .contains("still bad")
                .contains("force");
        assertThat(desk.redrive(last, "{\"force\":true}").status()).isEqualTo(202);
        assertThat(header(desk.records(letters.retries()).getLast(), "x-redrive-count"))
                .isEqualTo("4");
    }

    @Test
    void saysWhenNoServiceWouldReadTheRecord() {
        var letters = desk.writer("products.v1", "stopped");
        var headers = letters.headers("X", "x");
        headers.put("x-consumer-group", gateway.topic("stopped-old-7"));
        var id = desk.awaitLetter(letters.write("p-1", "{}", headers));

        var answer = desk.redrive(id, "");

        refused(answer, 409, "RETRY_TOPIC_MISSING");
        assertThat(answer.json().path("detail").asText()).contains("products.v1.stopped-old-7.retry-10s");
        assertThat(desk.state(id)).isEqualTo("open");
    }

    @Test
    void refusesUnknownLettersAndOddBodies() {
        var letters = desk.writer("products.v1", "odd");
        var id = desk.awaitLetter(letters.write("p-1", "{}", letters.headers("X", "x")));

        refused(desk.redrive(new LetterId(id.topic(), 0, 99), ""), 404, "DEAD_LETTER_NOT_FOUND");
        refused(desk.discard(new LetterId(id.topic(), 7, 0), "x"), 404, "DEAD_LETTER_NOT_FOUND");
        refused(desk.redrive(id, "{\"force\":\"yes\"}"), 422, "VALIDATION_FAILED");
        refused(desk.redrive(id, "{\"value\":null}"), 422, "VALIDATION_FAILED");
        refused(desk.redrive(id, "{\"value\":\"text\"}"), 422, "VALIDATION_FAILED");
        refused(desk.redrive(id, "[]"), 400, "MALFORMED_BODY");
        assertThat(desk.records(letters.retries())).isEmpty();
        assertThat(desk.state(id)).isEqualTo("open");
    }
}
