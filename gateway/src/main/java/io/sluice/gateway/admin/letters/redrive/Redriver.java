package io.sluice.gateway.admin.letters.redrive;

import static io.sluice.gateway.admin.letters.DeadLetterProblem.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.gateway.admin.letters.edit.EditedRedrive;
import io.sluice.gateway.admin.letters.record.LetterRecords;
import io.sluice.gateway.intake.Intake;
import io.sluice.stores.letters.Letter;
import io.sluice.stores.letters.Letter.Line;
import io.sluice.stores.letters.LetterChanges;
import io.sluice.stores.letters.LetterChanges.Decision;
import io.sluice.stores.letters.LetterId;
import io.sluice.stores.letters.LetterState;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Function;

/**
 * Sends single letters back, and discards them. The row of the letter is locked meanwhile, so two admins do not send it
 * twice. Every call throws a {@link ProblemException} when it is refused.
 */
@Singleton
final class Redriver {
    private final LetterChanges changes;
    private final LetterChecks checks;
    private final LetterRecords records;
    private final LetterSender sender;
    private final RedriveJobs jobs;
    private final EditedRedrive edited;
    private final Clock clock;

    Redriver(
            LetterChanges changes,
            LetterChecks checks,
            LetterRecords records,
            LetterSender sender,
            RedriveJobs jobs,
            EditedRedrive edited,
            Clock clock) {
        this.changes = changes;
        this.checks = checks;
        this.records = records;
        this.sender = sender;
        this.jobs = jobs;
        this.edited = edited;
        this.clock = clock;
    }

    /**
     * Sends a letter back as it is.
     *
     * @return the job that reports what becomes of it: that of the record, or a new one
     */
    String redrive(String topic, String id, boolean force, String who) {
        return change(topic, id, letter -> {
            checks.redrivable(letter, force);
            var record = records.find(letter.id()).orElseThrow(DeadLetterProblem::expired);
            sender.checkTarget(letter);
            var own = letter.record().jobId();
            var jobId = own == null ? jobs.next() : own;
            var at = clock.instant();
            var _ = Intake.await(sender.send(letter, record, jobId));
            if (own == null) {
                jobs.show(jobId, letter);
            } else {
                jobs.reopen(own, letter, at);
            }
            return new Decision<>(
                    jobId,
                    LetterState.REDRIVEN,
                    line(who, "redriven", "to " + LetterSender.target(letter) + ", job " + jobId));
        });
    }

    /**
     * Sends an edited value as a new record of the letter's entity.
     *
     * @return the job of the new record
     */
    String redriveEdited(String topic, String id, JsonNode value, boolean force, String who) {
        return change(topic, id, letter -> {
            checks.redrivable(letter, force);
            var jobId = edited.send(letter, value);
            return new Decision<>(jobId, LetterState.REDRIVEN, line(who, "edited", "a new record, job " + jobId));
        });
    }

    /** Notes why nothing is to be done about a letter. */
    Letter discard(String topic, String id, String reason, String who) {
        return change(topic, id, letter -> {
            checks.unfinished(letter);
            var discarded = new Letter(letter.number(), letter.record(), letter.redrives(), LetterState.DISCARDED);
            return new Decision<>(discarded, LetterState.DISCARDED, line(who, "discarded", reason));
        });
    }

    private <T> T change(String topic, String id, Function<Letter, Decision<T>> decide) {
        return LetterId.of(topic, id)
                .flatMap(known -> ask(() -> changes.change(known, decide)))
                .orElseThrow(() -> DeadLetterProblem.notFound(topic, id));
    }

    private Line line(String who, String what, String detail) {
        return new Line(clock.instant(), who, what, detail);
    }
}
