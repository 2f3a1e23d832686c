package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.stores.accounts.Passwords;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.User;
import io.sluice.stores.accounts.UserTable;
import io.sluice.stores.accounts.Username;
import java.net.http.HttpRequest.BodyPublishers;

/** A caller with a token: the access token of a user, or an API key. */
record SignedIn(GatewayUnderTest gateway, String token) {
    static final String PASSWORD = "correct horse";
    private static final String JSON = "application/json";

    /** {@return a new user, made without the gateway's calls} */
    static User user(GatewayUnderTest gateway, String name, Role role) {
        var hash = gateway.bean(Passwords.class).hash(PASSWORD);
        return gateway.bean(UserTable.class)
                .create(Username.of(name), hash, role)
                .orElseThrow();
    }

    /** {@return the answer to a login} */
    static Answer login(GatewayUnderTest gateway, String name, String password) {
        var body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
        return gateway.post("/api/login", JSON, body.getBytes(UTF_8));
    }

    /** {@return the answer to a refresh token} */
    static Answer refresh(GatewayUnderTest gateway, String token) {
        var body = "{\"refresh_token\":\"" + token + "\"}";
        return gateway.post("/api/v1/login/refresh", JSON, body.getBytes(UTF_8));
    }

    /** {@return a user that has signed in} */
    static SignedIn as(GatewayUnderTest gateway, String name) {
        var answer = login(gateway, name, PASSWORD);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return new SignedIn(gateway, answer.json().path("access_token").asText());
    }

    /** {@return the same token, at another gateway} */
    SignedIn at(GatewayUnderTest other) {
        return new SignedIn(other, token);
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    Answer send(String method, String path, String json) {
        var body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        return gateway.send(gateway.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", JSON)
                .method(method, body));
    }
}
