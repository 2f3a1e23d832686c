package io.sluice.client.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.client.http.Answer;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.UrlText;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.OptionalInt;

/** The calls for dead letters, which are for admins. Topics are named without the prefix of the deployment. */
public final class DeadLetters {
    private static final String LETTERS = "/api/v1/admin/dead-letters";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpCaller http;

    public DeadLetters(HttpCaller http) {
        this.http = http;
    }

    /** {@return all letters, as groups with one topic and one failure code} */
    public Answer<List<DeadLetterGroup>> groups() throws IOException {
        return http.json(
                http.request(LETTERS),
                body -> body.path("groups")
                        .valueStream()
                        .map(DeadLetterGroup::of)
                        .toList());
    }

    /**
     * Lists letters of a topic, the newest first.
     *
     * @param state such as {@code open}; empty for all
     * @param before {@link DeadLetterPage#next} of the page before; empty for the first page
     * @param limit 1 to 100
     */
    public Answer<DeadLetterPage> list(String topic, DeadLetterFilter filter, String state, String before, int limit)
            throws IOException {
        var parameters = filter.parameters();
        parameters.put("state", state);
        parameters.put("before", before);
        parameters.put("limit", Integer.toString(limit));
        parameters.values().removeIf(String::isEmpty);
        return http.json(http.request(path(topic) + "?" + UrlText.query(parameters.entrySet())), DeadLetterPage::of);
    }

    /** {@return one letter with its headers, its value and its history} */
    public Answer<DeadLetter> find(String topic, String id) throws IOException {
        return http.json(http.request(path(topic, id)), DeadLetter::of);
    }

    /**
     * Sends a letter back as it is, to the consumer group that gave it up.
     *
     * @param force whether to do it even when it was sent back often
     */
    public Answer<Redrive> redrive(String topic, String id, boolean force) throws IOException {
        return post(path(topic, id) + "/redrive", forced(force));
    }

    /**
     * Sends a new record with another value to the topic that the record came from at first. The gateway refuses it with 422
     * when the value is not valid, and with 409 when the entity has a newer version or a job that has not ended.
     */
    public Answer<Redrive> redriveEdited(String topic, String id, JsonNode value, boolean force) throws IOException {
        return post(path(topic, id) + "/redrive", forced(force).set("value", value));
    }

    /**
     * Sends all open letters back that the filter means, one after another.
     *
     * @param rate letters per second at most; empty for the gateway's default
     */
    public Answer<Redrive> redriveAll(String topic, DeadLetterFilter filter, OptionalInt rate) throws IOException {
        var json = filter.json();
        rate.ifPresent(number -> json.put("rate", number));
        return post(path(topic) + "/redrive", json);
    }

    /** {@return how many letters {@link #redriveAll} would send back} */
    public Answer<Long> countRedrive(String topic, DeadLetterFilter filter) throws IOException {
        return post(path(topic) + "/redrive", filter.json().put("dry_run", true))
                .map(Redrive::matched);
    }

    /** Notes why nothing is to be done about a letter. */
    public Answer<JsonNode> discard(String topic, String id, String reason) throws IOException {
        var json = JSON.createObjectNode().put("reason", reason);
        return http.json(jsonRequest(path(topic, id) + "/discard", json), body -> body);
    }

    private Answer<Redrive> post(String path, JsonNode json) throws IOException {
        return http.json(jsonRequest(path, json), Redrive::of);
    }

    private HttpRequest.Builder jsonRequest(String path, JsonNode json) {
        return http.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.toString()));
    }

    private static ObjectNode forced(boolean force) {
        var json = JSON.createObjectNode();
        return force ? json.put("force", true) : json;
    }

    private static String path(String topic) {
        return LETTERS + "/" + UrlText.encoded(topic);
    }

    private static String path(String topic, String id) {
        return path(topic) + "/" + UrlText.encoded(id);
    }
}
