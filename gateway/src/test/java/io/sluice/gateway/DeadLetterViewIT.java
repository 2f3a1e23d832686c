package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.stores.letters.LetterId;
import io.sluice.testkit.TestStack;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin sees the dead letters as groups and lists, and one with everything that is known of it. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class DeadLetterViewIT {
    private static final String LETTERS = "/api/v1/admin/dead-letters";

    private GatewayUnderTest gateway;
    private SignedIn admin;

    @BeforeEach
    void signIn(ClosedGateway.Door door) {
        gateway = door.gateway();
        admin = new SignedIn(gateway, door.token(Caller.ADMIN));
    }

    @Test
    void poisonIsOneGroupWithACountAndASample() {
        var letters = writer("poisoned");
        var messages = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = 0; i < 300; i++) {
            messages.add(letters.message("p-" + i, "no json".getBytes(UTF_8), letters.headers("UNDECODABLE", "bad")));
        }
        messages.add(letters.message("q", "{}".getBytes(UTF_8), letters.headers("INVALID_EVENT", "name is required")));
        var ids = letters.write(messages);
        awaitLetter(ids.getLast());

        var groups = new ArrayList<JsonNode>();
        var all = admin.get(LETTERS).json();
        all.path("groups").forEach(group -> {
            if (group.path("topic").asText().equals(letters.topic)) {
                groups.add(group);
            }
        });

        assertThat(groups)
                .extracting(group -> group.path("code").asText())
                .containsExactly("INVALID_EVENT", "UNDECODABLE");
        var poison = groups.getLast();
        assertThat(poison.path("pipeline").asText()).isEqualTo("poisoned");
        assertThat(poison.path("open").asLong()).isEqualTo(300);
        assertThat(poison.path("mended").asLong()).isZero();
        assertThat(poison.path("last_hour").asLong()).isEqualTo(300);
        assertThat(poison.path("oldest").asText())
                .isLessThanOrEqualTo(poison.path("newest").asText());
        assertThat(poison.path("sample").path("key").asText()).isEqualTo("p-299");
        assertThat(all.path("open").asLong()).isGreaterThanOrEqualTo(301);
    }

    @Test
    void lettersAreFoundByCodeKeyTimeAndState() {
        var letters = writer("searched");
        var messages = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = 0; i < 5; i++) {
            var key = i == 3 ? "bell\u0007" : "p-" + i;
            messages.add(letters.message(key, "{}".getBytes(UTF_8), letters.headers(i < 2 ? "A" : "B", "x")));
        }
        awaitLetter(letters.write(messages).getLast());
        var path = LETTERS + "/" + letters.topic;

        var page = admin.get(path + "?limit=2").json();
        assertThat(ids(page)).containsExactly("0-4", "0-3");
        assertThat(ids(admin.get(path + "?limit=3&before=" + page.path("next").asText())
                        .json()))
                .containsExactly("0-2", "0-1", "0-0");
        assertThat(ids(admin.get(path + "?code=A").json())).containsExactly("0-1", "0-0");
        assertThat(ids(admin.get(path + "?key=bell%07").json())).containsExactly("0-3");
        assertThat(ids(admin.get(path + "?key=bell%5Cu0007").json())).containsExactly("0-3");
        assertThat(ids(admin.get(path + "?state=open&since=2026-01-01T00:00:00Z")
                        .json()))
                .hasSize(5);
        assertThat(ids(admin.get(path + "?since=2999-01-01T00:00:00Z").json())).isEmpty();
        assertThat(ids(admin.get(path + "?state=mended").json())).isEmpty();
    }

    @Test
    void oneLetterHasItsHeadersInWordsItsValueAndItsHistory() {
        var letters = writer("shown");
        var headers = letters.headers("INVALID_EVENT", "name must not be blank");
        headers.put("x-upstream", "erp\u001b[2J");
        var json = letters.write("p-1", "{\"product_id\":\"p-1\",\"price\":1.50}", headers);
        var bytes = letters.write("p-2", new byte[] {'a', 27, (byte) 0xff}, letters.headers("UNDECODABLE", "x"));
        var deletion = letters.write("p-3", (byte[]) null, letters.headers("X", "x"));
        awaitLetter(deletion);

        var letter = detail(json).json();
        assertThat(letter.path("id").asText()).isEqualTo(json.id());
        assertThat(letter.path("state").asText()).isEqualTo("open");
        assertThat(new String(detail(json).response().body(), UTF_8))
                .contains("\"value\":{\"product_id\":\"p-1\",\"price\":1.50}");
        assertThat(letter.has("value_base64")).isFalse();
        assertThat(letter.path("headers").path("x-error-class").asText()).isEqualTo("INVALID_EVENT");
        assertThat(letter.path("headers").path("x-upstream").asText()).isEqualTo("erp\\u001b[2J");
        assertThat(letter.path("about").toString())
                .contains("The reason was INVALID_EVENT: name must not be blank")
                .contains("products.v1, partition 1");
        assertThat(letter.path("origin").path("topic").asText()).isEqualTo("products.v1");
        assertThat(letter.path("history").path(0).path("what").asText()).isEqualTo("failed");

        var raw = detail(bytes).json();
        assertThat(Base64.getDecoder().decode(raw.path("value_base64").asText()))
                .isEqualTo(new byte[] {'a', 27, (byte) 0xff});
        assertThat(raw.path("text").asText()).isEqualTo("a\\u001b\ufffd");
        assertThat(raw.has("value")).isFalse();

        assertThat(detail(deletion).json().get("value").isNull()).isTrue();
    }

    @Test
    void aLetterWhoseRecordIsGoneSaysSo() throws Exception {
        var letters = writer("gone");
        var first = letters.write("p-1", "{}", letters.headers("X", "x"));
        var second = letters.write("p-2", "{}", letters.headers("X", "x"));
        awaitLetter(second);
        TestStack.kafka()
                .admin()
                .deleteRecords(
                        Map.of(new TopicPartition(gateway.topic(letters.topic), 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();

        assertThat(detail(first).json().path("gone").asText()).contains("no longer has the record");
        assertThat(detail(first).json().has("value")).isFalse();
        assertThat(detail(second).json().has("gone")).isFalse();
    }

    @Test
    void refusesWhatDoesNotExistOrIsNotAFilter() {
        var letters = writer("refused");
        awaitLetter(letters.write("p-1", "{}", letters.headers("X", "x")));

        refused(admin.get(LETTERS + "/products.v1.nobody.dlq"), 404, "DEAD_LETTER_TOPIC_NOT_FOUND");
        refused(admin.get(LETTERS + "/" + letters.topic + "/0-99"), 404, "DEAD_LETTER_NOT_FOUND");
        refused(admin.get(LETTERS + "/" + letters.topic + "/zero"), 404, "DEAD_LETTER_NOT_FOUND");
        var wrong = admin.get(LETTERS + "/" + letters.topic + "?state=lost&since=now&before=1&limit=101");
        refused(wrong, 422, "VALIDATION_FAILED");
        assertThat(wrong.json().path("errors").findValuesAsText("field"))
                .containsExactly("limit", "since", "state", "before");
    }

    private DeadLetterWriter writer(String processor) {
        return new DeadLetterWriter(gateway, "products.v1", processor, processor + "-builtin-1");
    }

    private static List<String> ids(JsonNode page) {
        return page.path("letters").findValuesAsText("id");
    }

    private Answer detail(LetterId id) {
        return admin.get(LETTERS + "/" + id.topic() + "/" + id.id());
    }

    private void awaitLetter(LetterId id) {
        await().atMost(DeadLetterWriter.patience()).until(() -> detail(id).status() == 200);
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }
}
