package io.sluice.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.Headers;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events that tell a job what a pipeline did with its record. A record that belongs to no job has no events,
 * and neither has any record of a pipeline that reports nothing. One event is made all the same: when a pipeline passes a
 * record that was sent back from its own dead letters, an event with the header {@code x-letter} says so.
 *
 * A job about many records gets its progress from the handler, so it gets only failures from here, and one event for an
 * outage, not one for each record. Used by one thread only.
 */
final class JobReports {
    /** How many jobs are remembered as retrying; more than one batch has records of. */
    private static final int MOST_RETRYING = 1_000;

    private final Pipeline<?> pipeline;
    private final String topic;
    private final String deadLetters;
    private final JsonCodec codec;
    private final Clock clock;
    private final LinkedHashSet<String> retrying = new LinkedHashSet<>();

    /**
     * Makes the reports of a pipeline.
     *
     * @param topic the topic of job events
     * @param deadLetters the dead-letter topic of the pipeline
     */
    JobReports(Pipeline<?> pipeline, String topic, String deadLetters, JsonCodec codec, Clock clock) {
        this.pipeline = pipeline;
        this.topic = topic;
        this.deadLetters = deadLetters;
        this.codec = codec;
        this.clock = clock;
    }

    Optional<ProducerRecord<byte[], byte[]>> of(Envelope envelope, Fate fate) {
        return switch (fate) {
            case Fate.Finished(var emissions, var status) -> passed(envelope, status);
            case Fate.Moved(var partition) -> Optional.empty();
            case Fate.Delayed delayed -> retrying(envelope, delayed.failure(), delayed.notBefore());
            case Fate.Buried(var failure, var attempts, var since) -> report(envelope, JobStatus.DEAD, failure, null);
        };
    }

    /** @param nextAttemptAt when the record is tried again; null when that is not known */
    Optional<ProducerRecord<byte[], byte[]>> retrying(
            Envelope envelope, Failure failure, @Nullable Instant nextAttemptAt) {
        return isAboutOneRecord() || isFirst(envelope.jobId())
                ? report(envelope, JobStatus.RETRYING, failure, nextAttemptAt)
                : Optional.empty();
    }

    private Optional<ProducerRecord<byte[], byte[]>> passed(Envelope envelope, JobStatus status) {
        var letter = ownLetter(envelope);
        var report = isAboutOneRecord() ? report(envelope, status, null, null) : mended(envelope, letter);
        if (letter != null) {
            report.ifPresent(message -> message.headers().add(Headers.LETTER, letter.getBytes(UTF_8)));
        }
        return report;
    }

    private @Nullable String ownLetter(Envelope envelope) {
        var letter = envelope.letter();
        return letter != null && letter.startsWith(deadLetters + "/") ? letter : null;
    }

    /** Says of a record that no job hears of otherwise that its dead letter is mended. */
    private Optional<ProducerRecord<byte[], byte[]>> mended(Envelope envelope, @Nullable String letter) {
        var jobId = envelope.jobId();
        if (letter == null || jobId == null) {
            return Optional.empty();
        }
        var kind = Objects.requireNonNullElse(pipeline.jobKind(), JobKind.REDRIVE);
        var event = JobEvent.step(jobId, kind, JobEvent.MENDED, clock.instant()).redrivenFrom(letter);
        return Optional.of(message(event));
    }

    private boolean isAboutOneRecord() {
        return pipeline.stage() != null;
    }

    private boolean isFirst(@Nullable String jobId) {
        if (jobId == null || !retrying.add(jobId)) {
            return false;
        }
        if (retrying.size() > MOST_RETRYING) {
            retrying.removeFirst();
        }
        return true;
    }

    private Optional<ProducerRecord<byte[], byte[]>> report(
            Envelope envelope, JobStatus status, @Nullable Failure failure, @Nullable Instant nextAttemptAt) {
        var jobId = envelope.jobId();
        var jobKind = pipeline.jobKind();
        if (jobId == null || jobKind == null) {
            return Optional.empty();
        }
        var error = failure == null ? null : new JobError(failure.code().name(), failure.detail());
        var version = isAboutOneRecord() ? envelope.version() : null;
        var stage = Objects.requireNonNullElse(pipeline.stage(), pipeline.name());
        var event = JobEvent.of(jobId, jobKind, stage, status, clock.instant())
                .withError(error)
                .withNextAttemptAt(nextAttemptAt)
                .withSubject(isAboutOneRecord() ? envelope.key() : null)
                .withVersion(version)
                .redrivenFrom(envelope.letter());
        return Optional.of(message(event));
    }

    private ProducerRecord<byte[], byte[]> message(JobEvent event) {
        var key = event.jobId().getBytes(UTF_8);
        var message = new ProducerRecord<byte[], byte[]>(topic, key, codec.encode(event));
        message.headers().add(Headers.JOB_ID, key);
        var version = event.version();
        if (version != null) {
            message.headers().add(Headers.ENTITY_VERSION, version.toString().getBytes(UTF_8));
        }
        return message;
    }
}
