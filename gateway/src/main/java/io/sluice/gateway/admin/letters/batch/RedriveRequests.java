package io.sluice.gateway.admin.letters.batch;

import static io.sluice.gateway.admin.letters.DeadLetterProblem.ask;

import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.intake.JobIds;
import io.sluice.gateway.job.CancelableJobs;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.letters.LetterFilter;
import io.sluice.stores.letters.LetterTable;
import io.sluice.stores.letters.Redrive;
import io.sluice.stores.letters.RedriveTable;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Begins redrives of many letters, and stops them. */
@Singleton
public final class RedriveRequests implements CancelableJobs {
    private final RedriveTable redrives;
    private final LetterTable letters;
    private final RedriveEvents events;
    private final RedriveWorker worker;
    private final JobIds ids;
    private final JobBoard board;

    RedriveRequests(
            RedriveTable redrives,
            LetterTable letters,
            RedriveEvents events,
            RedriveWorker worker,
            JobIds ids,
            JobBoard board) {
        this.redrives = redrives;
        this.letters = letters;
        this.events = events;
        this.worker = worker;
        this.ids = ids;
        this.board = board;
    }

    /** {@return how many letters a redrive would send} */
    public long count(LetterFilter filter) {
        var matched = ask(() -> redrives.count(filter));
        if (matched == 0 && !ask(() -> letters.knows(filter.topic()))) {
            throw DeadLetterProblem.topicNotFound(filter.topic());
        }
        return matched;
    }

    /**
     * Begins a redrive.
     *
     * @param key the idempotency key of the call: a call that was sent before gets the same redrive
     */
    public Redrive begin(Optional<IdempotencyKey> key, LetterFilter filter, int rate, String who) {
        var known = key.flatMap(sent -> ask(() -> redrives.find(sent.jobId())));
        if (known.isPresent()) {
            return same(known.get(), filter, rate);
        }
        if (!ask(() -> letters.knows(filter.topic()))) {
            throw DeadLetterProblem.topicNotFound(filter.topic());
        }
        var id = key.map(IdempotencyKey::jobId).orElseGet(ids::next);
        var redrive = ask(() -> redrives.add(id, filter, rate, who, events::queued));
        worker.runSoon();
        return redrive;
    }

    private static Redrive same(Redrive known, LetterFilter filter, int rate) {
        if (known.filter().equals(filter) && known.rate() == rate) {
            return known;
        }
        throw new ProblemException(Problem.of(
                        GatewayProblem.IDEMPOTENCY_KEY_REUSED,
                        "This key was sent with another content before; use a new key for a new redrive.")
                .withJob(known.id()));
    }

    @Override
    public String kind() {
        return JobKind.REDRIVE;
    }

    @Override
    public Job cancel(Job job, Principal caller) {
        var stopped = ask(() -> redrives.cancel(job.jobId(), caller.name(), events::canceled));
        if (stopped.isEmpty()) {
            throw new ProblemException(
                    GatewayProblem.JOB_OVER, "Nothing is left to stop: the letters of this job have been sent back.");
        }
        return board.find(job.jobId()).orElse(job);
    }
}
