package io.sluice.client.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.jobs.JobState;
import io.sluice.schemas.job.JobStatus;
import java.util.List;

/**
 * An import as the gateway describes it. A count that is not known is 0, and a text that is not known is empty.
 *
 * @param body the whole answer
 */
public record ImportState(String id, JobStatus status, JsonNode body) {

    static ImportState of(JsonNode body) {
        return new ImportState(body.path("import_id").asText(), JobState.statusOf(body, "an import"), body);
    }

    /** {@return whether it has ended, so that its counts are final} */
    public boolean hasEnded() {
        return status.isTerminal();
    }

    /** {@return whether it writes nothing} */
    public boolean isDryRun() {
        return body.path("dry_run").asBoolean();
    }

    /** {@return how many rows the file has, without blank ones} */
    public long rowsTotal() {
        return rows("total");
    }

    public long rowsCreated() {
        return rows("created");
    }

    public long rowsUpdated() {
        return rows("updated");
    }

    public long rowsUnchanged() {
        return rows("unchanged");
    }

    public long rowsRejected() {
        return rows("rejected");
    }

    /** {@return how many rows have the key of an earlier row of the file and other values} */
    public long rowsMerged() {
        return rows("merged");
    }

    /** {@return how many rows are in the table with the values of the file} */
    public long rowsWritten() {
        return rowsCreated() + rowsUpdated() + rowsUnchanged();
    }

    /** {@return how many rows have an outcome} */
    public long rowsDone() {
        return rowsWritten() + rowsRejected();
    }

    private long rows(String outcome) {
        return body.path("rows_" + outcome).asLong();
    }

    /** {@return the kind of its rows} */
    public String kind() {
        return text("kind");
    }

    public String fileName() {
        return text("file_name");
    }

    /** {@return when it was accepted, ISO 8601} */
    public String createdAt() {
        return text("created_at");
    }

    /** {@return {@code csv}, {@code xlsx} or {@code json}} */
    public String format() {
        return text("format");
    }

    /** {@return whether the file is a workbook} */
    public boolean isWorkbook() {
        return format().equals("xlsx");
    }

    /** {@return the encoding of a text} */
    public String encoding() {
        return text("encoding");
    }

    /** {@return the delimiter of a text} */
    public String delimiter() {
        return text("delimiter");
    }

    /** {@return the sheet of a workbook} */
    public String sheet() {
        return text("sheet");
    }

    /** {@return what the importer repaired, filled in or left out, one sentence each} */
    public List<String> notes() {
        return body.path("notes").valueStream().map(JsonNode::asText).toList();
    }

    /** {@return {@code CODE: message} of why the import failed; empty when it did not} */
    public String error() {
        return JobState.errorOf(body);
    }

    private String text(String member) {
        return body.path(member).asText("");
    }
}
