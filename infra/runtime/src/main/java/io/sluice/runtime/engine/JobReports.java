package io.sluice.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
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
 * and neither has any record of a pipeline that reports nothing.
 * A job about many records gets its progress from the handler, so it gets only failures from here, and one event for an
 * outage, not one for each record. Used by one thread only.
 */
final class JobReports {
    /** How many jobs are remembered as retrying; more than one batch has records of. */
    private static final int MOST_RETRYING = 1_000;

    private final Pipeline<?> pipeline;
    private final String topic;
    private final JsonCodec codec;
    private final Clock clock;
    private final LinkedHashSet<String> retrying = new LinkedHashSet<>();

    JobReports(Pipeline<?> pipeline, String topic, JsonCodec codec, Clock clock) {
        this.pipeline = pipeline;
        this.topic = topic;
        this.codec = codec;
        this.clock = clock;
    }

    Optional<ProducerRecord<byte[], byte[]>> of(Envelope envelope, Fate fate) {
        return switch (fate) {
            case Fate.Finished(var emissions, var status) when !isAboutOneRecord() -> Optional.empty();
            case Fate.Finished(var emissions, var status) -> report(envelope, status, null, null);
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
                .withVersion(version);
        var message = new ProducerRecord<byte[], byte[]>(topic, jobId.getBytes(UTF_8), codec.encode(event));
        message.headers().add(Headers.JOB_ID, jobId.getBytes(UTF_8));
        if (version != null) {
            message.headers().add(Headers.ENTITY_VERSION, version.toString().getBytes(UTF_8));
        }
        return Optional.of(message);
    }
}
