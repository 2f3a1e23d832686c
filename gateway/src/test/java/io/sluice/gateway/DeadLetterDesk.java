package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobEvent;
import io.sluice.stores.letters.LetterId;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestStack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The calls for dead letters, made by an admin. */
record DeadLetterDesk(SignedIn admin) {
    static final String LETTERS = "/api/v1/admin/dead-letters";

    static DeadLetterDesk of(ClosedGateway.Door door) {
        return new DeadLetterDesk(new SignedIn(door.gateway(), door.token(Caller.ADMIN)));
    }

    DeadLetterWriter writer(String source, String processor) {
        return new DeadLetterWriter(admin.gateway(), source, processor, processor + "-builtin-1");
    }

    static String path(LetterId id) {
        return LETTERS + "/" + id.topic() + "/" + id.id();
    }

    Answer letter(LetterId id) {
        return admin.get(path(id));
    }

    Answer redrive(LetterId id, String body) {
        return admin.send("POST", path(id) + "/redrive", body);
    }

    Answer discard(LetterId id, String reason) {
        return admin.send("POST", path(id) + "/discard", "{\"reason\":\"" + reason + "\"}");
    }

    LetterId awaitLetter(LetterId id) {
        await().atMost(DeadLetterWriter.patience()).until(() -> letter(id).status() == 200);
        return id;
    }

    String state(LetterId id) {
        return letter(id).json().path("state").asText();
    }

    List<String> history(LetterId id) {
        var lines = new ArrayList<String>();
        for (JsonNode line : letter(id).json().path("history")) {
            lines.add(line.path("what").asText());
        }
        return lines;
    }

    void awaitState(LetterId id, String state) {
        await().atMost(DeadLetterWriter.patience()).until(() -> state(id).equals(state));
    }

    /** Says that the failing group has passed the record that was sent back from the letter. */
    void pass(LetterId id) {
        pass(id, JobEvent.step(UUID.randomUUID().toString(), "product", "embedded", Instant.now()));
    }

    void pass(LetterId id, JobEvent event) {
        TestStack.kafka()
                .write(
                        admin.gateway().topic("job-events.v1"),
                        event.jobId(),
                        new String(new JsonCodec().encode(event), UTF_8),
                        Map.of("x-letter", admin.gateway().topic(id.topic()) + "/" + id.id()));
    }

    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return TestStack.kafka().read(admin.gateway().topic(topic));
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return String.valueOf(TestKafka.header(record, name));
    }

    static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }
}
