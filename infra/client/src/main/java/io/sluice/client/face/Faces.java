package io.sluice.client.face;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.Answer;
import io.sluice.client.http.FilePart;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.MultipartForm;
import java.io.IOException;

/** The calls for the face of the caller. */
public final class Faces {
    private static final String FACE = "/api/v1/me/face";

    private final HttpCaller http;

    public Faces(HttpCaller http) {
        this.http = http;
    }

    /**
     * Enrolls the face in a picture. Returns the id of the job.
     *
     * @param consent whether the person in the picture has consented; the gateway refuses the call otherwise
     */
    public Answer<String> enroll(FilePart picture, boolean consent) throws IOException {
        var form = new MultipartForm().field("consent", String.valueOf(consent)).file("file", picture);
        return http.json(
                http.request(FACE)
                        .timeout(http.deadlines().upload())
                        .header("Content-Type", form.contentType())
                        .PUT(form.body()),
                Faces::jobId);
    }

    /** Returns what is known of the caller's face. */
    public Answer<OwnFace> find() throws IOException {
        return http.json(http.request(FACE), OwnFace::of);
    }

    /** Deletes the caller's face and every match with a photo. Returns the id of the job. */
    public Answer<String> delete() throws IOException {
        return http.json(http.request(FACE).DELETE(), Faces::jobId);
    }

    private static String jobId(JsonNode body) {
        return body.path("job_id").asText();
    }
}
