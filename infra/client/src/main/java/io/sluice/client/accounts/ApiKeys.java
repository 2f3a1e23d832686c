package io.sluice.client.accounts;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.client.http.Answer;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.UrlText;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** The calls for API keys, for admins. */
public final class ApiKeys {
    private static final String KEYS = "/api/v1/api-keys";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpCaller http;

    public ApiKeys(HttpCaller http) {
        this.http = http;
    }

    /** {@return all keys, without their secrets} */
    public Answer<List<ApiKey>> list() throws IOException {
        return http.json(
                http.request(KEYS),
                body -> body.path("keys").valueStream().map(ApiKey::of).toList());
    }

    /** Adds a key. Only this answer has its secret. */
    public Answer<NewApiKey> add(String name, String role) throws IOException {
        var json = JSON.createObjectNode().put("name", name).put("role", role);
        return http.json(
                http.request(KEYS)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.toString())),
                NewApiKey::of);
    }

    /** Deletes a key. From then on, calls with it are refused. */
    public Answer<byte[]> delete(String id) throws IOException {
        return http.stream(http.request(KEYS + "/" + UrlText.encoded(id)).DELETE(), InputStream::readAllBytes);
    }
}
