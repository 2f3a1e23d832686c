package io.sluice.gateway.admin.letters.batch;

import io.sluice.gateway.admin.letters.record.LetterRecords;
import io.sluice.gateway.admin.letters.record.RecordReader;
import io.sluice.gateway.admin.letters.redrive.LetterSender;
import io.sluice.gateway.intake.Intake;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.wire.NamedUuid;
import io.sluice.stores.letters.Letter;
import io.sluice.stores.letters.Redrive;
import io.sluice.stores.letters.Redrive.Batch;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one batch of letters back. */
@Singleton
final class RedriveBatch {
    private static final Logger LOG = LoggerFactory.getLogger(RedriveBatch.class);

    private final LetterRecords records;
    private final LetterSender sender;
    private final Intake intake;
    private final Clock clock;

    RedriveBatch(LetterRecords records, LetterSender sender, Intake intake, Clock clock) {
        this.records = records;
        this.sender = sender;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * Sends the letters, and returns when Kafka has all of them. A letter stays open when no service
     * would read it, or when it was sent back often.
     *
     * @throws ProblemException when Kafka does not answer; some letters may be sent nevertheless
     */
    Batch send(Redrive redrive, RecordReader reader, List<Letter> letters) {
        var sent = new ArrayList<Letter>();
        var gone = new ArrayList<Letter>();
        var writes = new ArrayList<CompletableFuture<Position>>();
        introduce(redrive, letters);
        for (var letter : letters) {
            if (letter.redrives() >= Letter.OFTEN) {
                continue;
            }
            var record = records.find(reader, letter.id());
            if (record.isEmpty()) {
                gone.add(letter);
            } else if (hasTarget(redrive, letter)) {
                writes.add(sender.send(letter, record.get(), jobOf(redrive, letter)));
                sent.add(letter);
            }
        }
        for (var write : writes) {
            var _ = Intake.await(write);
        }
        return new Batch(sent, gone);
    }

    /** The job is known before its record is handled, so that it is of the right kind. */
    private void introduce(Redrive redrive, List<Letter> letters) {
        var writes = letters.stream()
                .filter(letter -> letter.record().jobId() == null && letter.redrives() < Letter.OFTEN)
                .map(letter ->
                        intake.writeJobEvent(JobEvent.queued(jobOf(redrive, letter), JobKind.REDRIVE, clock.instant())
                                .withSubject(letter.record().key())))
                .toList();
        writes.forEach(Intake::await);
    }

    private boolean hasTarget(Redrive redrive, Letter letter) {
        try {
            sender.checkTarget(letter);
            return true;
        } catch (ProblemException e) {
            if (e.problem().status() >= 500) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("redrive", redrive.id())
                    .addKeyValue("letter", letter.id().id())
                    .addKeyValue("reason", e.problem().detail())
                    .log("a letter stays open");
            return false;
        }
    }

    /** A record that belongs to no job gets one of its own: with that of the redrive, the first to pass would end it. */
    private static String jobOf(Redrive redrive, Letter letter) {
        var own = letter.record().jobId();
        return own == null
                ? NamedUuid.of(NamedUuid.SLUICE, redrive.id() + "/" + letter.number())
                        .toString()
                : own;
    }
}
