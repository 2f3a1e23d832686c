package io.sluice.client.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.client.http.Answer;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.UrlText;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** The calls for the pipelines of all services, which are for admins. */
public final class Pipelines {
    private static final String PIPELINES = "/api/v1/admin/pipelines";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpCaller http;

    public Pipelines(HttpCaller http) {
        this.http = http;
    }

    /** {@return all pipelines} */
    public Answer<List<PipelineState>> list() throws IOException {
        return http.json(
                http.request(PIPELINES),
                body -> body.path("pipelines")
                        .valueStream()
                        .map(PipelineState::of)
                        .toList());
    }

    /** Pauses a pipeline on every instance, until it is resumed. {@return the pipeline} */
    public Answer<PipelineState> pause(String name, String reason) throws IOException {
        var json = JSON.createObjectNode().put("reason", reason);
        return http.json(
                http.request(path(name) + "/pause")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.toString())),
                PipelineState::of);
    }

    /** Resumes a pipeline. {@return the pipeline} */
    public Answer<PipelineState> resume(String name) throws IOException {
        return http.json(http.request(path(name) + "/resume").POST(BodyPublishers.noBody()), PipelineState::of);
    }

    private static String path(String name) {
        return PIPELINES + "/" + UrlText.encoded(name);
    }
}
