package io.sluice.gateway.admin.letters.edit;

import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.gateway.intake.DurableWrites;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.intake.JobIds;
import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.letters.Letter;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Writes an edited product to products.v1, with the letter that it comes from, and shows its job. */
@Singleton
final class EditedWrite {
    private final DurableWrites events;
    private final Intake intake;
    private final JobBoard board;
    private final JobIds ids;
    private final LetterTopics topics;
    private final Clock clock;
    private final int epoch;

    EditedWrite(
            DurableWrites events,
            Intake intake,
            JobBoard board,
            JobIds ids,
            LetterTopics topics,
            Clock clock,
            SluiceConfig config) {
        this.events = events;
        this.intake = intake;
        this.board = board;
        this.ids = ids;
        this.topics = topics;
        this.clock = clock;
        this.epoch = config.epoch();
    }

    /** {@return the id of the job} */
    String write(Letter letter, ProductSaved product) {
        var jobId = ids.next();
        var at = clock.instant();
        var headers = Map.of(
                Headers.JOB_ID,
                jobId,
                Headers.LETTER,
                topics.header(letter.id()),
                Headers.REDRIVE_COUNT,
                String.valueOf(letter.redrives() + 1));
        var position = await(product, headers);
        var queued = JobEvent.queued(jobId, JobKind.PRODUCT, at)
                .withSubject(product.productId())
                .withVersion(EntityVersion.of(epoch, position));
        var _ = Intake.await(intake.writeJobEvent(queued));
        board.apply(queued);
        return jobId;
    }

    private long await(ProductSaved product, Map<String, String> headers) {
        try {
            return Intake.await(events.write(Topics.PRODUCTS, product.productId(), product, headers))
                    .offset();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                throw new ProblemException(Problem.ofFields(
                        List.of(new FieldError("value", "makes a record that is larger than Kafka accepts"))));
            }
            throw e;
        }
    }
}
