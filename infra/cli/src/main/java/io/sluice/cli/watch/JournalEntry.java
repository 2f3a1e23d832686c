package io.sluice.cli.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of the journal: what became of a file. The file is known by its name, its size and its time.
 *
 * @param at when the line was written
 * @param account whose photo it is, at which gateway
 * @param name its path below the watched folder
 * @param photoId empty when the gateway refused the file
 * @param jobId empty when there is no job
 * @param reason why the gateway refused the file, or the job failed; else empty
 */
record JournalEntry(
        Instant at,
        Account account,
        String name,
        long size,
        Instant modified,
        String sha256,
        Status status,
        String photoId,
        String jobId,
        String reason) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An account at a gateway: a photo that one account has uploaded is new to another one. */
    record Account(String gateway, String name) {}

    /** What became of a file. */
    enum Status {
        /** The gateway has stored the photo. */
        QUEUED,
        /** The gateway had the photo before. */
        DUPLICATE,
        /** The gateway refused the file. */
        REJECTED,
        /** The job of the photo succeeded. Written with {@code --wait} only. */
        SUCCEEDED,
        /** The job of the photo failed. Written with {@code --wait} only. */
        FAILED;

        /** {@return whether the gateway has the photo} */
        boolean isAccepted() {
            return this != REJECTED;
        }

        /** {@return whether the file is refused, or its photo could not be prepared} */
        boolean isBad() {
            return this == REJECTED || this == FAILED;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Status> of(String word) {
            return Arrays.stream(values())
                    .filter(status -> status.word().equals(word))
                    .findFirst();
        }
    }

    /** {@return whether the line is about this file, as it is now} */
    boolean isOf(FoundFile file) {
        return size == file.state().size() && modified.equals(file.state().modified());
    }

    /** {@return the line for the end of the photo's job} */
    JournalEntry ended(Instant now, Status status, String why) {
        return new JournalEntry(now, account, name, size, modified, sha256, status, photoId, jobId, why);
    }

    /** {@return the line for the same bytes under the same name, with another time of the file} */
    JournalEntry touched(Instant now, FoundFile file) {
        return new JournalEntry(
                now, account, name, size, file.state().modified(), sha256, status, photoId, jobId, reason);
    }

    String json() {
        var line = JSON.createObjectNode()
                .put("at", at.toString())
                .put("gateway", account.gateway())
                .put("account", account.name())
                .put("file", name)
                .put("size", size)
                .put("modified", modified.toString())
                .put("sha256", sha256)
                .put("status", status.word());
        if (!photoId.isEmpty()) {
            line.put("photo_id", photoId);
        }
        if (!jobId.isEmpty()) {
            line.put("job_id", jobId);
        }
        if (!reason.isEmpty()) {
            line.put("reason", reason);
        }
        return line.toString();
    }

    /** Reads a line. Empty when it is damaged. */
    static Optional<JournalEntry> of(String line) {
        try {
            return of(JSON.readTree(line));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<JournalEntry> of(JsonNode line) {
        return Status.of(line.path("status").asText())
                .map(status -> new JournalEntry(
                        Instant.parse(line.path("at").asText()),
                        new Account(
                                line.path("gateway").asText(),
                                line.path("account").asText()),
                        line.path("file").asText(),
                        line.path("size").asLong(),
                        Instant.parse(line.path("modified").asText()),
                        line.path("sha256").asText(),
                        status,
                        line.path("photo_id").asText(),
                        line.path("job_id").asText(),
                        line.path("reason").asText()));
    }
}
