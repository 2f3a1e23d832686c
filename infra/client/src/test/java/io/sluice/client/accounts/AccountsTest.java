package io.sluice.client.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.TestServer;
import io.sluice.client.http.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private final List<String> calls = new ArrayList<>();

    @Test
    void usersAreReadAndChanged() throws IOException {
        var ann =
                "{\"username\":\"ann\",\"role\":\"producer\",\"disabled\":true,\"created_at\":\"2026-01-01T00:00:00Z\"}";

        List<User> users =
                ask(200, "{\"users\":[" + ann + "]}", client -> client.users().list());
        User added = ask(201, ann, client -> client.users().add(new Login("ann", "secret"), "producer"));
        ask(200, ann, client -> client.users().change("ann", UserChange.ofDisabled(true)));
        ask(200, ann, client -> client.users().change("a@b", UserChange.ofRole("admin")));
        ask(200, ann, client -> client.users().change("ann", UserChange.ofPassword("new")));
        String job = ask(202, "{\"job_id\":\"j\"}", client -> client.users().delete("ann"));
        Me me = ask(
                200,
                "{\"username\":\"ann\",\"role\":\"user\"}",
                client -> client.users().me());

        assertThat(users).containsExactly(new User("ann", "producer", true, "2026-01-01T00:00:00Z"));
        assertThat(added).isEqualTo(users.getFirst());
        assertThat(job).isEqualTo("j");
        assertThat(me).isEqualTo(new Me("ann", "user"));
        assertThat(calls)
                .containsExactly(
                        "GET /api/v1/users",
                        "POST /api/v1/users {\"password\":\"secret\",\"role\":\"producer\",\"username\":\"ann\"}",
                        "PATCH /api/v1/users/ann {\"disabled\":true}",
                        "PATCH /api/v1/users/a%40b {\"role\":\"admin\"}",
                        "PATCH /api/v1/users/ann {\"password\":\"new\"}",
                        "DELETE /api/v1/users/ann",
                        "GET /api/v1/me");
    }

    @Test
    void keysAreReadAddedAndDeleted() throws IOException {
        var key = "\"id\":\"i\",\"name\":\"shop\",\"role\":\"producer\",\"created_at\":\"c\"";

        List<ApiKey> keys = ask(
                200,
                "{\"keys\":[{" + key + "},{" + key + ",\"last_used_at\":\"u\"}]}",
                client -> client.apiKeys().list());
        NewApiKey added = ask(
                201,
                "{" + key + ",\"key\":\"sluice_x\"}",
                client -> client.apiKeys().add("shop", "producer"));
        ask(204, "", client -> client.apiKeys().delete("i"));

        assertThat(keys)
                .containsExactly(
                        new ApiKey("i", "shop", "producer", "c", ""), new ApiKey("i", "shop", "producer", "c", "u"));
        assertThat(added.secret()).isEqualTo("sluice_x");
        assertThat(calls)
                .containsExactly(
                        "GET /api/v1/api-keys",
                        "POST /api/v1/api-keys {\"name\":\"shop\",\"role\":\"producer\"}",
                        "DELETE /api/v1/api-keys/i");
    }

    @FunctionalInterface
    private interface Call<T> {
        Answer<T> on(SluiceClient client) throws IOException;
    }

    private <T> T ask(int status, String body, Call<T> call) throws IOException {
        try (var server = TestServer.answering(exchange -> {
                    var sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    calls.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent).strip());
                    var bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                });
                var client = new SluiceClient(server.url())) {
            return call.on(client).orElseThrow();
        }
    }
}
