package io.sluice.client.photo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.client.http.Answer;
import io.sluice.client.http.FilePart;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.HttpCaller.BodyReader;
import io.sluice.client.http.MultipartForm;
import io.sluice.client.http.UnexpectedAnswerException;
import io.sluice.client.http.UrlText;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The calls for photos and galleries. */
public final class Photos {
    static final String PHOTOS = "/api/v1/photos";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpCaller http;

    public Photos(HttpCaller http) {
        this.http = http;
    }

    /**
     * Uploads photos. Files on disk are read while they are sent. The gateway refuses an upload of which it rejects every
     * file, and answers each file in that refusal too; it counts as a success.
     *
     * @param files 1 to 100
     * @return one answer a file, in order
     * @throws java.io.FileNotFoundException when a file on disk has disappeared
     */
    public Answer<List<UploadedPhoto>> upload(Collection<? extends FilePart> files) throws IOException {
        var form = new MultipartForm();
        for (var file : files) {
            form.file("files", file);
        }
        return http.json(
                http.request(PHOTOS)
                        .timeout(http.deadlines().upload())
                        .header("Content-Type", form.contentType())
                        .POST(form.body()),
                body -> answers(body, files.size())
                        .orElseThrow(() -> new UnexpectedAnswerException("one answer a photo", body)),
                refusal -> answers(refusal, files.size()));
    }

    /** Returns the answers, if there is one for each file. */
    private static Optional<List<UploadedPhoto>> answers(JsonNode body, int files) {
        var photos = body.path("photos");
        return photos.size() == files
                ? Optional.of(photos.valueStream().map(UploadedPhoto::of).toList())
                : Optional.empty();
    }

    /** Returns the photo in its present state. */
    public Answer<Photo> find(String id) throws IOException {
        return http.json(http.request(path(id)), Photo::of);
    }

    /** Deletes a photo and all of its files. Returns the id of the job. */
    public Answer<String> delete(String id) throws IOException {
        return http.json(
                http.request(path(id)).DELETE(), body -> body.path("job_id").asText());
    }

    /**
     * Reads a file of a photo while it arrives. The gateway answers 404, with a time to try again, for a preview or a
     * thumbnail that is not made yet, and 404 without one when it could not be made.
     *
     * @param reader such as {@code InputStream::readAllBytes}
     */
    public <T> Answer<T> read(String id, Rendition rendition, BodyReader<T> reader) throws IOException {
        return http.stream(
                http.request(rendition.path(id)).setHeader("Accept", "image/*, application/problem+json"), reader);
    }

    /**
     * Lists the photos of the caller, the newest first.
     *
     * @param before {@link PhotoPage#next} of the page before; empty for the first page
     * @param limit 1 to 200
     */
    public Answer<PhotoPage> mine(String before, int limit) throws IOException {
        return gallery("/api/my-photos", before, limit);
    }

    /** Lists the photos of all users, the newest first, as {@link #mine} does. Only an admin may. */
    public Answer<PhotoPage> all(String before, int limit) throws IOException {
        return gallery("/api/all-photos", before, limit);
    }

    /**
     * Has a page of photos recognized again. Only an admin may.
     *
     * @param owner id of the account that uploaded them; empty for the photos of all users
     * @param after {@link PhotosSent#next} of the page before; empty for the first page
     */
    public Answer<PhotosSent> recognize(String owner, String after) throws IOException {
        var which = JSON.createObjectNode();
        if (!owner.isEmpty()) {
            which.put("owner", owner);
        }
        if (!after.isEmpty()) {
            which.put("after", after);
        }
        return http.json(
                http.request("/api/v1/admin/photos/recognize")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(which.toString())),
                PhotosSent::of);
    }

    private Answer<PhotoPage> gallery(String path, String before, int limit) throws IOException {
        var parameters = new TreeMap<>(Map.of("before", before, "limit", Integer.toString(limit)));
        parameters.values().removeIf(String::isEmpty);
        return http.json(http.request(path + "?" + UrlText.query(parameters.entrySet())), PhotoPage::of);
    }

    private static String path(String id) {
        return PHOTOS + "/" + UrlText.encoded(id);
    }
}
