package io.sluice.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.client.SluiceClient;
import io.sluice.client.TestServer;
import io.sluice.client.deadletters.DeadLetterGroup.Counts;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Problem.Difference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final String TOPIC = "products.v1.embedder.dlq";
    private static final String LETTER = """
            {"id":"0-7","key":"p-1","code":"INVALID_EVENT","message":"name must not be blank","attempts":1,
             "failed_at":"2026-11-27T21:00:00Z","redrives":2,"state":"open","job_id":"j"}""";
    private static final DeadLetterFilter SOME = new DeadLetterFilter("INVALID_EVENT", "a b", "2026-11-27T00:00:00Z");

    private final List<String> calls = new ArrayList<>();

    @Test
    void groupsAreRead() throws IOException {
        var groups = ask("""
                {"groups":[{"topic":"products.v1.embedder.dlq","pipeline":"embedder","code":"INVALID_EVENT","open":3,
                  "redriven":1,"mended":2,"discarded":4,"expired":5,"oldest":"o","newest":"n","last_hour":2,
                  "sample":%s}],"open":3}""".formatted(LETTER), client -> client.deadLetters().groups());

        assertThat(groups).hasSize(1);
        var group = groups.getFirst();
        assertThat(group.topic()).isEqualTo(TOPIC);
        assertThat(group.pipeline()).isEqualTo("embedder");
        assertThat(group.code()).isEqualTo("INVALID_EVENT");
        assertThat(group.counts()).isEqualTo(new Counts(3, 1, 2, 4, 5));
        assertThat(group.oldest()).isEqualTo("o");
        assertThat(group.newest()).isEqualTo("n");
        assertThat(group.lastHour()).isEqualTo(2);
        assertThat(group.sample().id()).isEqualTo("0-7");
        assertThat(calls).containsExactly("GET /api/v1/admin/dead-letters");
    }

    @Test
    void lettersAreListedPageByPage() throws IOException {
        var page = ask(
                "{\"letters\":[" + LETTER + "],\"next\":\"0-7\"}",
                client -> client.deadLetters().list(TOPIC, SOME, "open", "0-9", 50));
        var last =
                ask("{\"letters\":[]}", client -> client.deadLetters().list(TOPIC, DeadLetterFilter.all(), "", "", 10));

        assertThat(page.next()).isEqualTo("0-7");
        var letter = page.letters().getFirst();
        assertThat(letter.id()).isEqualTo("0-7");
        assertThat(letter.key()).isEqualTo("p-1");
        assertThat(letter.code()).isEqualTo("INVALID_EVENT");
        assertThat(letter.message()).isEqualTo("name must not be blank");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.failedAt()).isEqualTo("2026-11-27T21:00:00Z");
        assertThat(letter.redrives()).isEqualTo(2);
        assertThat(letter.state()).isEqualTo("open");
        assertThat(letter.jobId()).isEqualTo("j");
        assertThat(last).isEqualTo(new DeadLetterPage(List.of(), ""));
        assertThat(calls)
                .containsExactly(
                        "GET /api/v1/admin/dead-letters/products.v1.embedder.dlq?code=INVALID_EVENT&key=a%20b"
                                + "&since=2026-11-27T00%3A00%3A00Z&state=open&before=0-9&limit=50",
                        "GET /api/v1/admin/dead-letters/products.v1.embedder.dlq?limit=10");
    }

    @Test
    void aLetterIsReadSentBackEditedAndDiscarded() throws IOException {
        var value = JsonNodeFactory.instance.objectNode().put("name", "new");
        var accepted = "{\"job_id\":\"j2\"}";

        var letter = ask(
                "{\"id\":\"0-7\",\"value\":{\"price\":1.10,\"weight\":1234567890.12345678901234567890}}",
                client -> client.deadLetters().find(TOPIC, "0-7"));
        var redrive = ask(accepted, client -> client.deadLetters().redrive(TOPIC, "0-7", false));
        ask(accepted, client -> client.deadLetters().redrive(TOPIC, "0-7", true));
        ask(accepted, client -> client.deadLetters().redriveEdited(TOPIC, "0-7", value, false));
        ask("{}", client -> client.deadLetters().discard(TOPIC, "0-7", "a test of upstream"));

        assertThat(letter.body().path("value").toString())
                .isEqualTo("{\"price\":1.10,\"weight\":1234567890.12345678901234567890}");
        assertThat(redrive).isEqualTo(new Redrive("j2", "", 1));
        var path = "/api/v1/admin/dead-letters/products.v1.embedder.dlq/0-7";
        assertThat(calls)
                .containsExactly(
                        "GET " + path,
                        "POST " + path + "/redrive {}",
                        "POST " + path + "/redrive {\"force\":true}",
                        "POST " + path + "/redrive {\"value\":{\"name\":\"new\"}}",
                        "POST " + path + "/discard {\"reason\":\"a test of upstream\"}");
    }

    @Test
    void manyLettersAreCountedAndSentBack() throws IOException {
        Long count = ask("{\"matched\":41}", client -> client.deadLetters().countRedrive(TOPIC, SOME));
        var redrive = ask(
                "{\"redrive_id\":\"r\",\"matched\":41,\"job_id\":\"r\"}",
                client -> client.deadLetters().redriveAll(TOPIC, DeadLetterFilter.all(), OptionalInt.of(500)));

        assertThat(count).isEqualTo(41);
        assertThat(redrive).isEqualTo(new Redrive("r", "r", 41));
        assertThat(calls)
                .containsExactly(
                        "POST /api/v1/admin/dead-letters/products.v1.embedder.dlq/redrive {\"code\":\"INVALID_EVENT\","
                                + "\"key\":\"a b\",\"since\":\"2026-11-27T00:00:00Z\",\"dry_run\":true}",
                        "POST /api/v1/admin/dead-letters/products.v1.embedder.dlq/redrive {\"rate\":500}");
    }

    @Test
    void aRefusedEditShowsHowTheNewerVersionDiffers() throws IOException {
        var answer = answer(409, """
                {"status":409,"code":"NEWER_VERSION","title":"There is a newer version","detail":"d",
                 "diff":[{"field":"name","newer":"Cup","yours":"Mug"},{"field":"price","newer":null,"yours":[1]}]}""", client -> client.deadLetters().redrive(TOPIC, "0-7", false));

        assertThat(answer).isInstanceOf(Refused.class);
        assertThat(((Refused<Redrive>) answer).problem().differences())
                .containsExactly(new Difference("name", "\"Cup\"", "\"Mug\""), new Difference("price", "null", "[1]"));
    }

    @FunctionalInterface
    private interface Call<T> {
        Answer<T> on(SluiceClient client) throws IOException;
    }

    private <T> T ask(String body, Call<T> call) throws IOException {
        return answer(202, body, call).orElseThrow();
    }

    private <T> Answer<T> answer(int status, String body, Call<T> call) throws IOException {
        try (var server = TestServer.answering(exchange -> {
                    var sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    calls.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent).strip());
                    var bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                });
                var client = new SluiceClient(server.url())) {
            return call.on(client);
        }
    }
}
