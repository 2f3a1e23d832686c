package io.sluice.gateway.admin.letters.view;

import static io.sluice.gateway.admin.letters.DeadLetterProblem.ask;

import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.gateway.admin.letters.record.LetterRecords;
import io.sluice.gateway.admin.letters.view.LetterDetail.Line;
import io.sluice.gateway.admin.letters.view.LetterDetail.Origin;
import io.sluice.gateway.admin.letters.view.RecordText.Value;
import io.sluice.gateway.job.JobView;
import io.sluice.jobs.board.JobBoard;
import io.sluice.stores.letters.Letter;
import io.sluice.stores.letters.LetterFilter;
import io.sluice.stores.letters.LetterId;
import io.sluice.stores.letters.LetterTable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds letters in Postgres, and their records in Kafka. */
@Singleton
final class LetterLookup {
    private static final String GONE = "The topic no longer has the record: its value is gone.";

    private final LetterTable letters;
    private final LetterRecords records;
    private final RecordText text;
    private final JobBoard board;

    LetterLookup(LetterTable letters, LetterRecords records, RecordText text, JobBoard board) {
        this.letters = letters;
        this.records = records;
        this.text = text;
        this.board = board;
    }

    /**
     * A part of a list of letters.
     *
     * @param letters the newest first
     * @param next send it as {@code before} to get the next page; left out on the last page
     */
    @Schema(name = "DeadLetterPage")
    record Page(List<LetterView> letters, @Nullable String next) {}

    LetterGroups groups() {
        return LetterGroups.of(ask(letters::groups));
    }

    Page list(LetterFilter filter, @Nullable LetterId before, int limit) {
        var found = ask(() -> letters.list(filter, before, limit + 1));
        if (found.isEmpty() && !ask(() -> letters.knows(filter.topic()))) {
            throw DeadLetterProblem.topicNotFound(filter.topic());
        }
        var page = found.stream().limit(limit).toList();
        return new Page(
                page.stream().map(LetterView::of).toList(),
                found.size() > limit ? page.getLast().id().id() : null);
    }

    LetterDetail detail(String topic, String id) {
        var letter = LetterId.of(topic, id)
                .flatMap(known -> ask(() -> letters.find(known)))
                .orElseThrow(() -> DeadLetterProblem.notFound(topic, id));
        var history = ask(() -> letters.history(letter));
        return records.find(letter.id())
                .map(record -> detail(letter, history, RecordText.headers(record), text.value(record.value()), null))
                .orElseGet(() -> detail(letter, history, null, new Value(null, null, null), GONE));
    }

    private LetterDetail detail(
            Letter letter,
            List<Letter.Line> history,
            @Nullable Map<String, String> headers,
            Value value,
            @Nullable String gone) {
        var record = letter.record();
        var origin = record.origin();
        var job = record.jobId() == null
                ? null
                : board.find(record.jobId()).map(JobView::of).orElse(null);
        return new LetterDetail(
                LetterView.of(letter),
                letter.id().topic(),
                record.pipeline(),
                origin.group(),
                new Origin(origin.topic(), origin.partition(), origin.offset()),
                record.firstFailedAt(),
                record.version(),
                headers == null ? List.of() : RecordText.about(headers),
                headers,
                value.json(),
                value.base64(),
                value.text(),
                gone,
                job,
                history.stream().map(Line::of).toList());
    }
}
