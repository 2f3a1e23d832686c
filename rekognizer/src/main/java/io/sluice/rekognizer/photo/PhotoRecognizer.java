package io.sluice.rekognizer.photo;

import io.sluice.rekognizer.index.FaceForgetter;
import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.CallLimit;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Received;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.stores.face.ImageHolder;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits the faces of each photo, and each deletion as a tombstone when the provider has removed what went with the photo.
 * The photos of a batch are worked on at the same time, each for itself. Nothing is done for a photo that was deleted or
 * replaced meanwhile.
 */
final class PhotoRecognizer implements BatchHandler<PreparedPhoto>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PhotoRecognizer.class);

    private final PhotoLedger ledger;
    private final PreviewFaces faces;
    private final FaceForgetter forgetter;
    private final FailureTranslator errors;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PhotoRecognizer(PhotoLedger ledger, PreviewFaces faces, FaceForgetter forgetter, FailureTranslator errors) {
        this.ledger = ledger;
        this.faces = faces;
        this.forgetter = forgetter;
        this.errors = errors;
    }

    @Override
    public List<Outcome> handle(List<Received<PreparedPhoto>> batch) {
        var begun = System.nanoTime();
        var newest = newest(batch);
        var outcomes = batch.stream()
                .map(received -> isOld(received, newest)
                        ? CompletableFuture.completedFuture(Outcome.superseded())
                        : CompletableFuture.supplyAsync(CallLimit.carriedInto(() -> outcome(received)), threads))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        var settled = withoutOldFailures(batch, outcomes);
        LOG.atInfo()
                .addKeyValue("photos", batch.size())
                .addKeyValue(
                        "failed",
                        settled.stream().filter(Failed.class::isInstance).count())
                .addKeyValue(
                        "took_ms", Duration.ofNanos(System.nanoTime() - begun).toMillis())
                .log("photos recognized");
        return settled;
    }

    private Outcome outcome(Received<PreparedPhoto> received) {
        try {
            var photo = received.event();
            return photo == null ? forgotten(received) : recognized(photo, received.version());
        } catch (RuntimeException e) {
            return Outcome.failed(errors.translate(e)
                    .orElseGet(() -> new Retryable(
                            RuntimeFailure.UNCLASSIFIED, "the photo could not be recognized", Scope.RECORD, e)));
        }
    }

    private Outcome forgotten(Received<PreparedPhoto> received) {
        return forgetter.forget(ImageHolder.photo(received.key()), received.version())
                ? Outcome.emitTombstone(Topics.PHOTO_FACES, received.key())
                : Outcome.superseded();
    }

    private Outcome recognized(PreparedPhoto photo, long version) {
        return faces.of(photo, version)
                .map(found -> Outcome.emit(Topics.PHOTO_FACES, found))
                .orElseGet(Outcome::superseded);
    }

    /** A photo whose preview is missing, for instance, may have been deleted during the work. */
    private List<Outcome> withoutOldFailures(List<Received<PreparedPhoto>> batch, List<Outcome> outcomes) {
        var failed = IntStream.range(0, batch.size())
                .filter(i -> outcomes.get(i) instanceof Failed)
                .mapToObj(batch::get)
                .toList();
        if (failed.isEmpty()) {
            return outcomes;
        }
        var newest = newest(failed);
        return IntStream.range(0, batch.size())
                .mapToObj(i -> outcomes.get(i) instanceof Failed && isOld(batch.get(i), newest)
                        ? Outcome.superseded()
                        : outcomes.get(i))
                .toList();
    }

    private Map<String, PhotoRow> newest(List<Received<PreparedPhoto>> records) {
        return ledger.find(records.stream().map(Received::key).distinct().toList());
    }

    private static boolean isOld(Received<PreparedPhoto> received, Map<String, PhotoRow> newest) {
        var row = newest.get(received.key());
        return row != null && row.version() > received.version();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
