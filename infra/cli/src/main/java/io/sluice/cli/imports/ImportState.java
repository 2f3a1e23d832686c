package io.sluice.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.CommandFailedException;
import io.sluice.schemas.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An import as the gateway tells it. */
record ImportState(JsonNode body, JobStatus status) {
    /** Exit code: it came to the end, and some rows were rejected. */
    private static final int SOME_REJECTED = 3;

    static ImportState of(JsonNode body) {
        try {
            return new ImportState(
                    body, JobStatus.ofWireName(body.path("status").asText()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("the gateway's answer is not an import: " + body);
        }
    }

    String id() {
        return body.path("import_id").asText();
    }

    String text(String member) {
        return body.path(member).asText("");
    }

    /** {@return when it was accepted, to the second} */
    String createdAt() {
        return text("created_at").replaceFirst("\\.[0-9]+Z$", "Z");
    }

    /** {@return what the file was read as, such as {@code csv, windows-1252, delimiter ;}; empty while nobody has} */
    String form() {
        var delimiter = text("delimiter");
        var sheet = text("sheet");
        return Stream.of(
                        text("format"),
                        text("encoding"),
                        delimiter.isEmpty() ? "" : "delimiter " + delimiter,
                        sheet.isEmpty() ? "" : "sheet " + sheet)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** {@return how many rows have this outcome, or with {@code total} how many there are; 0 when nobody knows yet} */
    long rows(String outcome) {
        return body.path("rows_" + outcome).asLong();
    }

    long rowsDone() {
        return rows("created") + rows("updated") + rows("unchanged") + rows("rejected");
    }

    boolean isDryRun() {
        return body.path("dry_run").asBoolean();
    }

    boolean hasEnded() {
        return status.isTerminal();
    }

    List<String> notes() {
        var notes = new ArrayList<String>();
        body.path("notes").forEach(note -> notes.add(note.asText()));
        return notes;
    }

    int exitCode() {
        return switch (status) {
            case FAILED, DEAD, CANCELED -> 1;
            case QUEUED, PROCESSING, RETRYING, SUCCEEDED, SUPERSEDED -> rows("rejected") > 0 ? SOME_REJECTED : 0;
        };
    }

    /** {@return what became of the rows: {@code 900 created, 0 updated, 0 unchanged, 100 rejected}} */
    String counts() {
        var counts = "%,d created, %,d updated, %,d unchanged, %,d rejected"
                .formatted(rows("created"), rows("updated"), rows("unchanged"), rows("rejected"));
        return isDryRun() ? "a dry run, nothing is written; it would be " + counts : counts;
    }

    /** {@return one line: where it stands, and why} */
    String summary() {
        var error = body.path("error");
        var why = error.isObject()
                ? ": " + error.path("code").asText() + ": "
                        + error.path("message").asText()
                : "";
        return "import %s %s%s".formatted(id(), status.wireName(), why);
    }
}
