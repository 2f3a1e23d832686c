package io.sluice.cli.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.CommandFailedException;
import io.sluice.cli.progress.Patience;
import io.sluice.client.Answer;
import io.sluice.client.Picture;
import io.sluice.client.SluiceClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Sends entries to the gateway, and again until each is accepted or rejected for good. */
final class Sender {
    private static final int PICTURES_AT_ONCE = 4;
    private static final int SERVER_ERROR = 500;

    private final SluiceClient sluice;
    private final Patience patience;

    Sender(SluiceClient sluice, Patience patience) {
        this.sluice = sluice;
        this.patience = patience;
    }

    /** {@return a result for each entry, in their order} */
    List<Result> send(List<Entry> chunk) throws InterruptedException {
        var bare = new ArrayList<Entry.Bare>();
        var pictured = new ArrayList<Entry.Pictured>();
        for (var entry : chunk) {
            switch (entry) {
                case Entry.Bare one -> bare.add(one);
                case Entry.Pictured one -> pictured.add(one);
                case Entry.Wrong _ -> {}
            }
        }
        var ofBare = sendInOneCall(bare).iterator();
        var ofPictured = sendSideBySide(pictured).iterator();
        return chunk.stream()
                .map(entry -> switch (entry) {
                    case Entry.Bare _ -> ofBare.next();
                    case Entry.Pictured _ -> ofPictured.next();
                    case Entry.Wrong wrong -> new Result.Rejected(wrong, wrong.reason());
                })
                .toList();
    }

    private List<Result> sendInOneCall(List<Entry.Bare> all) {
        var results = new ArrayList<Result>();
        while (results.size() < all.size()) {
            var rest = all.subList(results.size(), all.size());
            results.addAll(patience.until(() -> settled(rest, sluice.saveProducts(body(rest)))));
        }
        return results;
    }

    private static byte[] body(List<Entry.Bare> entries) {
        var body = new ByteArrayOutputStream();
        for (var entry : entries) {
            body.writeBytes(entry.json());
            body.write('\n');
        }
        return body.toByteArray();
    }

    /**
     * {@return the results up to the first that may yet change} What follows it is sent again with it, so that of two
     * entries of one product the later wins.
     */
    private static List<Result> settled(List<Entry.Bare> sent, Answer answer) throws IOException {
        if (!answer.isSuccess()) {
            throw failure(answer);
        }
        var results = new ArrayList<Result>();
        for (var line : answer.body()) {
            var error = line.path("error");
            if (error.path("retryable").asBoolean() || results.size() == sent.size()) {
                break;
            }
            var entry = sent.get(results.size());
            results.add(
                    error.isMissingNode()
                            ? new Result.Accepted(entry, line.path("job_id").asText())
                            : new Result.Rejected(entry, reason(error)));
        }
        if (results.isEmpty()) {
            throw new IOException(reason(answer.body().path(0).path("error")));
        }
        return results;
    }

    private List<Result> sendSideBySide(List<Entry.Pictured> all) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(
                PICTURES_AT_ONCE, Thread.ofVirtual().factory())) {
            var results = new ArrayList<Result>();
            for (var result : threads.invokeAll(
                    all.stream().<Callable<Result>>map(one -> () -> send(one)).toList())) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailedException gaveUp
                    ? gaveUp
                    : new IllegalStateException(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private Result send(Entry.Pictured entry) {
        Picture picture;
        try {
            var type = Objects.requireNonNullElse(Files.probeContentType(entry.picture()), "application/octet-stream");
            picture = new Picture(entry.picture().getFileName().toString(), type, Files.readAllBytes(entry.picture()));
        } catch (IOException e) {
            return new Result.Rejected(entry, entry.picture() + " cannot be read");
        }
        return patience.until(() -> {
            var answer = sluice.saveProduct(entry.fields(), picture);
            if (answer.isSuccess()) {
                return new Result.Accepted(entry, answer.text("job_id"));
            }
            if (answer.status() >= SERVER_ERROR) {
                throw failure(answer);
            }
            return new Result.Rejected(entry, reason(answer.body()));
        });
    }

    /** What the server cannot do now it may do later; a call it does not understand it never will. */
    private static IOException failure(Answer answer) {
        if (answer.status() < SERVER_ERROR) {
            throw new CommandFailedException(answer.problem());
        }
        return new IOException(answer.problem());
    }

    /** {@return the wrong fields, or else what the problem says of itself} */
    private static String reason(JsonNode problem) {
        var fields = new ArrayList<String>();
        problem.path("errors")
                .forEach(error -> fields.add(error.path("field").asText() + " "
                        + error.path("message").asText()));
        return fields.isEmpty()
                ? problem.path("message")
                        .asText(problem.path("detail")
                                .asText(problem.path("title").asText("no reason given")))
                : String.join(", ", fields);
    }
}
