package io.sluice.client.jobs;

import io.sluice.client.http.Answer;
import io.sluice.client.http.EventStream;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.Patience;
import io.sluice.client.http.UrlText;
import io.sluice.client.jobs.JobState.Stage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The calls for jobs. */
public final class Jobs {
    private static final String JOBS = "/api/v1/jobs/";

    private final HttpCaller http;

    public Jobs(HttpCaller http) {
        this.http = http;
    }

    /** Returns the job in its present state. */
    public Answer<JobState> find(String id) throws IOException {
        return http.json(http.request(JOBS + UrlText.encoded(id)), JobState::of);
    }

    /**
     * Lists jobs, the newest first.
     *
     * @param kind such as {@code import}; empty for every kind
     * @param status such as {@code dead}; empty for every status
     * @param before {@link JobPage#next} of the page before; empty for the first page
     * @param limit 1 to 100
     */
    public Answer<JobPage> list(String kind, String status, String before, int limit) throws IOException {
        var parameters = new TreeMap<>(
                Map.of("kind", kind, "status", status, "before", before, "limit", Integer.toString(limit)));
        parameters.values().removeIf(String::isEmpty);
        return http.json(
                http.request("/api/v1/jobs?" + UrlText.query(parameters.entrySet())),
                body -> new JobPage(
                        body.path("jobs").valueStream().map(JobSummary::of).toList(),
                        body.path("next").asText()));
    }

    /** Stops a job. What it has done stays. The gateway refuses a job that has ended, or cannot be stopped, with 409. */
    public Answer<JobState> cancel(String id) throws IOException {
        return http.json(
                http.request(JOBS + UrlText.encoded(id) + "/cancel").POST(BodyPublishers.noBody()), JobState::of);
    }

    /**
     * Follows a job by server-sent events.
     *
     * @param patience bounds how long it tries to connect, each time
     * @param stages gets each stage once, past stages first, then each new one as it happens
     * @return the job in its final state
     */
    public Answer<JobState> follow(String id, Patience patience, Consumer<Stage> stages) throws IOException {
        return new EventStream(http, JOBS + UrlText.encoded(id) + "/events")
                .untilEnd(patience, data -> stages.accept(Stage.of(data)))
                .map(JobState::of);
    }
}
