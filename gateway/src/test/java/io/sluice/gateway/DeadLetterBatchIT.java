package io.sluice.gateway;

import static io.sluice.gateway.DeadLetterDesk.header;
import static io.sluice.gateway.DeadLetterDesk.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.stores.letters.LetterFilter;
import io.sluice.stores.letters.LetterState;
import io.sluice.stores.letters.Redrive.Batch;
import io.sluice.stores.letters.Redrive.Step;
import io.sluice.stores.letters.RedriveTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An admin sends many letters back at a rate, and stops it. Two gateways share the work. The system property {@code
 * sluice.test.redrive.letters} sets how many letters the test of the rate sends.
 */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class DeadLetterBatchIT {
    private static final int LETTERS = Integer.getInteger("sluice.test.redrive.letters", 1_000);
    private static final int RATE = 500;
    private static final int BATCH = RATE / 10;

    private DeadLetterDesk desk;

    @BeforeEach
    void signIn(ClosedGateway.Door door) {
        desk = DeadLetterDesk.of(door);
    }

    @Test
    void sendsEachMatchingLetterOnceAtTheRate() {
        var letters = desk.writer("products.v1", "paced");
        write(letters, "UNDECODABLE", LETTERS);
        write(letters, "INVALID_EVENT", 3);

        var counted = redrive(letters, "{\"code\":\"UNDECODABLE\",\"dry_run\":true}");
        assertThat(counted.status()).isEqualTo(200);
        assertThat(counted.json().toString()).isEqualTo("{\"matched\":" + LETTERS + "}");
        assertThat(desk.records(letters.retries())).isEmpty();

        var asked = System.currentTimeMillis();
        var answer = redrive(letters, "{\"code\":\"UNDECODABLE\",\"rate\":" + RATE + "}");
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        assertThat(answer.json().path("matched").asInt()).isEqualTo(LETTERS);
        assertThat(answer.json().path("redrive_id").asText()).isNotBlank();
        var job = awaitJob(answer, "succeeded");

        assertThat(job.path("kind").asText()).isEqualTo("redrive");
        assertThat(job.path("counts").path("matched").asInt()).isEqualTo(LETTERS);
        assertThat(job.path("counts").path("sent").asInt()).isEqualTo(LETTERS);
        var sent = desk.records(letters.retries());
        assertThat(originals(sent)).hasSize(LETTERS);
        assertThat(sent).hasSize(LETTERS);
        assertThat(jobs(sent)).as("each record has a job of its own").hasSize(LETTERS);
        // The first batch has no wait before it; when Kafka takes it late, the next ones make up for that. Letters that
        // arrive slower than asked are no fault on a busy machine: the lower bound only shows that they are not sent
        // one by one.
        var sinceFirst = (sent.getLast().timestamp() - sent.getFirst().timestamp()) / 1000.0;
        var sinceAsked = (sent.getLast().timestamp() - asked) / 1000.0;
        assertThat((LETTERS - BATCH) / sinceFirst)
                .as("letters a second since the first one")
                .isGreaterThan(RATE * 0.6);
        assertThat((LETTERS - BATCH) / sinceAsked)
                .as("letters a second since the call")
                .isLessThan(RATE * 1.1);
        assertThat(count(letters, "open")).isEqualTo(3);
        assertThat(count(letters, "redriven")).isEqualTo(LETTERS);
    }

    @Test
    void stopsWithinTwoSeconds() {
        var letters = desk.writer("products.v1", "halted");
        write(letters, "X", 600);
        var answer = redrive(letters, "{\"rate\":100}");
        await().atMost(DeadLetterWriter.patience())
                .until(() -> desk.records(letters.retries()).size() > 20);

        var begin = System.nanoTime();
        var jobId = answer.json().path("job_id").asText();
        var stopped = desk.admin().send("POST", "/api/v1/jobs/" + jobId + "/cancel", "");
        var took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(stopped.status()).as("%s", stopped.json()).isEqualTo(200);
        assertThat(stopped.json().path("status").asText()).isEqualTo("canceled");
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        var sent = desk.records(letters.retries()).size();
        assertThat(sent).isBetween(20, 599);
        assertThat(stopped.json().path("counts").path("sent").asInt()).isEqualTo(sent);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(5))
                .until(() -> desk.records(letters.retries()).size() == sent);
        assertThat(count(letters, "open")).isEqualTo(600 - sent);
        assertThat(desk.admin()
                        .get("/api/v1/jobs/" + jobId)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("canceled");
    }

    @Test
    void goesOnWhereACrashedGatewayWas() {
        var letters = desk.writer("products.v1", "crashed");
        write(letters, "X", 30);
        var id = UUID.randomUUID().toString();
        var table = desk.admin().gateway().bean(RedriveTable.class);
        var filter = new LetterFilter(letters.topic, null, null, null, LetterState.OPEN);
        // another gateway looks for work every two seconds, and may be faster
        table.add(
                id,
                filter,
                100,
                "ann",
                redrive -> assertThat(redrive.progress().matched()).isEqualTo(30));
        assertThat(table.take("dead gateway")).isPresent();
        table.next(id, "dead gateway", 10, batch -> new Batch(batch, List.of()), _ -> {});

        await().atMost(DeadLetterWriter.patience())
                .until(() -> desk.records(letters.retries()).size() >= 20);
        await().atMost(DeadLetterWriter.patience())
                .until(
                        () -> table.next(id, "dead gateway", 1, batch -> new Batch(batch, List.of()), _ -> {}),
                        step -> step instanceof Step.Lost);
        assertThat(originals(desk.records(letters.retries()))).hasSize(20);
        await().atMost(DeadLetterWriter.patience()).until(() -> count(letters, "open") == 0);
        assertThat(desk.records(letters.retries())).hasSize(20);
    }

    @Test
    void aCallThatIsSentAgainIsTheSameRedrive() {
        var letters = desk.writer("products.v1", "keyed");
        write(letters, "X", 2);

        var first = keyed(letters, "{\"code\":\"X\"}");
        awaitJob(first, "succeeded");
        var again = keyed(letters, "{\"code\":\"X\"}");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(desk.records(letters.retries())).hasSize(2);
        refused(keyed(letters, "{\"code\":\"Y\"}"), 422, "IDEMPOTENCY_KEY_REUSED");
    }

    private Answer keyed(DeadLetterWriter letters, String body) {
        var gateway = desk.admin().gateway();
        return gateway.post(
                DeadLetterDesk.LETTERS + "/" + letters.topic + "/redrive",
                "application/json",
                body.getBytes(UTF_8),
                "Authorization",
                "Bearer " + desk.admin().token(),
                "Idempotency-Key",
                "k-1");
    }

    @Test
    void skipsLettersThatWereSentBackOften() {
        var letters = desk.writer("products.v1", "often");
        var headers = letters.headers("X", "x");
        headers.put("x-redrive-count", "3");
        var often = desk.awaitLetter(letters.write("p", "{}", headers));
        write(letters, "X", 1);

        assertThat(redrive(letters, "{\"dry_run\":true}").json().path("matched").asInt())
                .isEqualTo(1);
        var job = awaitJob(redrive(letters, ""), "succeeded");

        assertThat(job.path("counts").path("matched").asInt()).isEqualTo(2);
        assertThat(job.path("counts").path("sent").asInt()).isEqualTo(1);
        assertThat(job.path("counts").path("skipped").asInt()).isEqualTo(1);
        assertThat(desk.state(often)).isEqualTo("open");
    }

    @Test
    void aLetterThatFailsAgainMeanwhileIsNotSentInARing() {
        var letters = desk.writer("products.v1", "ring");
        var headers = letters.headers("X", "x");
        desk.awaitLetter(letters.write("p", "{}", headers));

        var job = awaitJob(redrive(letters, ""), "succeeded");
        headers.put("x-redrive-count", "1");
        var again = desk.awaitLetter(letters.write("p", "{}", headers));

        assertThat(job.path("counts").path("sent").asInt()).isEqualTo(1);
        assertThat(desk.state(again)).isEqualTo("open");
        assertThat(desk.records(letters.retries())).hasSize(1);
    }

    @Test
    void refusesWhatIsNoRedrive() {
        var letters = desk.writer("products.v1", "norate");
        write(letters, "X", 1);

        refused(redrive(letters, "{\"rate\":0}"), 422, "VALIDATION_FAILED");
        refused(redrive(letters, "{\"cod\":\"X\"}"), 422, "VALIDATION_FAILED");
        refused(redrive(letters, "{\"rate\":\"fast\",\"since\":\"now\"}"), 422, "VALIDATION_FAILED");
        refused(
                desk.admin().send("POST", DeadLetterDesk.LETTERS + "/products.v1.no.dlq/redrive", "{\"dry_run\":true}"),
                404,
                "DEAD_LETTER_TOPIC_NOT_FOUND");
        refused(
                desk.admin().send("POST", DeadLetterDesk.LETTERS + "/products.v1.no.dlq/redrive", ""),
                404,
                "DEAD_LETTER_TOPIC_NOT_FOUND");
    }

    private void write(DeadLetterWriter letters, String code, int count) {
        var messages = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = 0; i < count; i++) {
            messages.add(letters.message(code + i, "{}".getBytes(UTF_8), letters.headers(code, "x")));
        }
        desk.awaitLetter(letters.write(messages).getLast());
    }

    private Answer redrive(DeadLetterWriter letters, String body) {
        return desk.admin().send("POST", DeadLetterDesk.LETTERS + "/" + letters.topic + "/redrive", body);
    }

    private JsonNode awaitJob(Answer accepted, String status) {
        var path = "/api/v1/jobs/" + accepted.json().path("job_id").asText();
        return await().atMost(DeadLetterWriter.patience().plusSeconds(LETTERS / 400))
                .until(
                        () -> desk.admin().get(path).json(),
                        job -> job.path("status").asText().equals(status));
    }

    private long count(DeadLetterWriter letters, String state) {
        var count = 0L;
        for (var group : desk.admin().get(DeadLetterDesk.LETTERS).json().path("groups")) {
            count += group.path("topic").asText().equals(letters.topic)
                    ? group.path(state).asLong()
                    : 0;
        }
        return count;
    }

    private static Set<String> originals(List<ConsumerRecord<byte[], byte[]>> sent) {
        var originals = new HashSet<String>();
        sent.forEach(record -> originals.add(header(record, "x-orig-offset")));
        return originals;
    }

    private static Set<String> jobs(List<ConsumerRecord<byte[], byte[]>> sent) {
        var jobs = new HashSet<String>();
        sent.forEach(record -> jobs.add(header(record, "x-job-id")));
        return jobs;
    }
}
