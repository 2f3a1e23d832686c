package io.sluice.runtime.internal;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.RuntimeFailure.KAFKA_UNAVAILABLE;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.internal.Fate.Buried;
import io.sluice.runtime.internal.OutcomeWriter.Written;
import io.sluice.runtime.internal.Standing.AwaitingDependency;
import io.sluice.runtime.internal.Standing.Decided;
import io.sluice.runtime.internal.Standing.Due;
import io.sluice.runtime.internal.Work.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer thread of a pipeline: polls, has the batch handled, has the fates written, commits, and again. It only
 * puts the steps in order; each step is somebody else's.
 *
 * <p>Whatever is not finished when it stops, or dies, was not committed, and comes again.
 */
final class ConsumerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);

    /** Longest wait in a poll with nothing else to do; also how late a stop may be noticed. */
    private static final Duration IDLE = Duration.ofMillis(250);
    /** The same while records wait for their time. */
    private static final Duration WAITING = Duration.ofMillis(25);

    private static final Duration BETWEEN_FAILED_POLLS = Duration.ofMillis(500);
    private static final Duration LONGEST_BATCH = Duration.ofMinutes(5);

    private final LoopParts parts;
    private final Offsets offsets = new Offsets();
    private final Backlog backlog;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean crashing;
    private volatile @Nullable Instant batchSince;
    private volatile PipelineStatus status = new PipelineStatus.Running();
    private volatile long lag;

    ConsumerLoop(LoopParts parts) {
        this.parts = parts;
        this.backlog = new Backlog(offsets, parts.envelopes());
    }

    /** Runs until it is told to stop; whatever it throws is a defect and the end of this thread. */
    @Override
    public void run() {
        try {
            parts.feed().join(this::commit, backlog::forget);
            while (stopping.getCount() > 0) {
                cycle();
            }
        } catch (InterruptedException | InterruptException e) {
            var unused = Thread.interrupted(); // so that the consumer can still leave its group
            LOG.atWarn().addKeyValue("pipeline", parts.name()).log("interrupted; the batch will come again");
        } finally {
            parts.feed().close(crashing);
        }
    }

    /** Asks it to finish its batch, commit and end. */
    void stop() {
        stopping.countDown();
    }

    /** Asks it to end on the spot, committing nothing and telling nobody. */
    void crash() {
        crashing = true;
        stopping.countDown();
    }

    PipelineStatus status() {
        var since = batchSince;
        return since != null && Duration.between(since, parts.clock().instant()).compareTo(LONGEST_BATCH) > 0
                ? new PipelineStatus.Stalled("a batch does not end", since)
                : status;
    }

    long lag() {
        return lag;
    }

    private void cycle() throws InterruptedException {
        parts.gate().look();
        parts.writes().look();
        poll();
        var ready = ready(parts.batchSize());
        if (!ready.isEmpty()) {
            batchSince = parts.clock().instant();
            handle(ready);
            write(ready);
            settleGates();
            parts.metrics()
                    .batch(
                            ready.size(),
                            Duration.between(batchSince, parts.clock().instant()));
            batchSince = null;
        } else if (backlog.isEmpty()) {
            settleGates();
        }
        commit();
        lag = parts.feed().lag();
        status = currentStatus();
    }

    private void poll() throws InterruptedException {
        var timeout = !ready(1).isEmpty() ? Duration.ZERO : backlog.isEmpty() ? IDLE : WAITING;
        var polled = parts.feed().poll(timeout, backlog.busy(), parts.fuse().isResting());
        backlog.add(polled);
        if (polled.isEmpty() && parts.feed().isFailing()) {
            var unused = stopping.await(BETWEEN_FAILED_POLLS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private List<Work> ready(int limit) {
        return parts.fuse().isResting() ? List.of() : backlog.ready(this::isReady, limit);
    }

    private boolean isReady(Work work) {
        return switch (work.standing()) {
            case Due(var at) -> !parts.clock().instant().isBefore(at);
            case AwaitingDependency() -> parts.gate().isPassable();
            case Decided(var fate) -> parts.writes().isPassable();
        };
    }

    /** A record behind one of its own key that has to wait is left as it was: it is handled again, after that one. */
    private void handle(List<Work> ready) throws InterruptedException {
        var works = ready.stream()
                .filter(work -> !(work.standing() instanceof Decided))
                .toList();
        if (works.isEmpty()) {
            return;
        }
        var verdicts = verdicts(works);
        var waiting = new HashSet<Lane>();
        for (var i = 0; i < works.size(); i++) {
            var work = works.get(i);
            if (work.lane().filter(waiting::contains).isPresent()) {
                continue;
            }
            work.now(parts.triage().decide(work, verdicts.get(i)));
            if (!(work.standing() instanceof Decided)) {
                work.lane().ifPresent(waiting::add);
                retried(work, verdicts.get(i));
            }
        }
    }

    /** A record that blames a healthy dependency may be what fails its batch: from then on each is handled alone. */
    private List<Verdict> verdicts(List<Work> works) throws InterruptedException {
        var partitions = parts.feed().partitions();
        if (works.stream().noneMatch(Triage::isSuspect)) {
            return parts.batch().run(works, partitions);
        }
        var verdicts = new ArrayList<Verdict>(works.size());
        for (var work : works) {
            verdicts.addAll(parts.batch().run(List.of(work), partitions));
        }
        return verdicts;
    }

    private void retried(Work work, Verdict verdict) {
        if (verdict instanceof Verdict.Failed(Retryable failure)) {
            parts.metrics().retried(failure.code().name());
            if (work.reportOnce(failure.scope())) {
                parts.writer().reportRetry(work, failure);
            }
        }
    }

    private void write(List<Work> ready) throws InterruptedException {
        var decided = new LinkedHashMap<Work, Fate>();
        for (var work : ready) {
            if (work.standing() instanceof Decided(var fate)) {
                decided.put(work, fate);
            }
        }
        if (crashing || decided.isEmpty()) {
            return;
        }
        for (var result : parts.writer().write(decided).entrySet()) {
            var work = result.getKey();
            switch (result.getValue()) {
                case Written.Durable() -> finish(work);
                case Written.Refused(var failure) -> refused(work, failure);
                case Written.NotYet(var cause) -> parts.writes().complaint(unavailable(cause));
            }
        }
    }

    /** An emission that is refused is its record's failure; a dead letter that is has nowhere else to go, and waits. */
    private void refused(Work work, Fatal failure) {
        if (work.standing() instanceof Decided(Buried fate)) {
            parts.writes().complaint(failure);
        } else {
            work.now(parts.triage().bury(work, failure));
        }
    }

    private void finish(Work work) {
        backlog.done(work);
        if (work.standing() instanceof Decided(var fate)) {
            parts.metrics().finished(fate);
            if (fate instanceof Buried buried) {
                logDeadLetter(work, buried);
            }
        }
    }

    private void logDeadLetter(Work work, Buried fate) {
        var failure = fate.failure();
        LOG.atWarn()
                .addKeyValue("pipeline", parts.name())
                .addKeyValue("code", failure.code().name())
                .addKeyValue("detail", failure.detail())
                .addKeyValue("partition", work.message().partition())
                .addKeyValue("offset", work.message().offset())
                .addKeyValue("attempts", fate.attempts())
                .setCause(failure instanceof Retryable ? failure.cause() : null)
                .log("record given up");
    }

    private static Failure unavailable(Throwable cause) {
        return new Retryable(KAFKA_UNAVAILABLE, "Kafka does not take records: " + cause, DEPENDENCY, cause);
    }

    private void settleGates() {
        parts.gate().batchDone();
        parts.writes().batchDone();
    }

    private void commit() {
        var committable = offsets.committable();
        if (!crashing && !committable.isEmpty() && parts.feed().commit(committable)) {
            offsets.committed(committable);
        }
    }

    private PipelineStatus currentStatus() {
        return parts.feed()
                .problem()
                .<PipelineStatus>map(problem -> problem)
                .or(() -> parts.fuse().blown().map(blown -> new PipelineStatus.Suspended(blown.code(), blown.since())))
                .or(() -> Optional.<DependencyGate.Outage>empty()
                        .or(parts.writes()::outage)
                        .or(parts.gate()::outage)
                        .map(outage -> new PipelineStatus.Paused(outage.code(), outage.since())))
                .orElseGet(PipelineStatus.Running::new);
    }
}
