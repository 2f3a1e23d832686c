package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.Deadlines;
import io.sluice.client.http.HttpCaller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;

/** The calls that give a session. */
public final class SignIn implements AutoCloseable {
    /** Short, because others wait: every thread of a client, and other processes that use the same session. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpCaller http;
    private final Clock clock;

    public SignIn(URI gateway, Clock clock) {
        this.http = new HttpCaller(gateway, Deadlines.ofDefaults().withAnswer(ANSWER), Credentials.none());
        this.clock = clock;
    }

    /** Signs in by name and password. The gateway refuses a wrong one with 401, and too many wrong ones with 429. */
    public Answer<Session> login(Login login) throws IOException {
        return session(
                "/api/login",
                JSON.createObjectNode()
                        .put("username", login.username())
                        .put("password", login.password())
                        .toString());
    }

    /**
     * Gets the next session. The refresh token can be used once: the gateway ends the session when it comes a second time.
     */
    public Answer<Session> refresh(Session session) throws IOException {
        return session(
                "/api/v1/login/refresh",
                JSON.createObjectNode()
                        .put("refresh_token", session.refreshToken())
                        .toString());
    }

    private Answer<Session> session(String path, String json) throws IOException {
        var asked = clock.instant();
        return http.json(
                http.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)),
                body -> Session.of(body, asked));
    }

    @Override
    public void close() {
        http.close();
    }
}
