package io.sluice.gateway.photo.upload;

import io.micronaut.http.HttpStatus;
import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.photo.PhotoProblem;
import io.sluice.schemas.photo.PhotoIds;
import io.sluice.schemas.wire.Sha256;
import io.sluice.web.body.BodyMemory;
import io.sluice.web.body.CountedBytes;
import io.sluice.web.body.FileName;
import io.sluice.web.body.FormPart;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.io.IOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload. The calling thread reads one file after the other into memory. Other threads check, store and accept the
 * files that are read, a few at a time, while the next one arrives. A file that is refused fails alone.
 *
 * <p>When the queue is full, or a store or Kafka is away, the files that are still to come are skipped, and refused for
 * the same reason. For one use.
 */
final class UploadRun {
    /** How many files are stored at once, at most. */
    private static final int AT_ONCE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(UploadRun.class);
    private static final int LARGEST = Math.toIntExact(ImageGuard.MAX_BYTES);
    /** While a file is assembled, its bytes are in memory twice. */
    private static final int COPIES = 2;

    /** The queue is full, or a store or Kafka is away. */
    private static final Set<Integer> CONCERNS_ALL =
            Set.of(HttpStatus.TOO_MANY_REQUESTS.getCode(), HttpStatus.SERVICE_UNAVAILABLE.getCode());

    private final String owner;
    private final PhotoIntake intake;
    private final BodyMemory memory;
    private final Executor threads;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final List<CompletableFuture<UploadAnswer>> answers = new ArrayList<>();
    /** The last answer about each photo of this upload. */
    private final Map<String, CompletableFuture<UploadAnswer>> lastById = new HashMap<>();
    /** The name of the file that is being read. */
    private String current = "";
    /** Why the following files are not tried; null while they are. */
    private volatile @Nullable ProblemException obstacle;

    UploadRun(String owner, PhotoIntake intake, BodyMemory memory, Executor threads) {
        this.owner = owner;
        this.intake = intake;
        this.memory = memory;
        this.threads = threads;
    }

    /**
     * Reads the form and accepts its files. Returns when Kafka has the event and the job of every file that is accepted,
     * also when the body breaks off in the middle: what had arrived is accepted.
     *
     * @return the outcome of each file, in order. When the body breaks off or has too many files, the last outcome says
     *     that nothing from there on was read
     * @throws ProblemException when no file is accepted, because of something that concerns the whole call
     */
    List<UploadAnswer> run(StreamedForm form) {
        var end = read(form);
        var all = new ArrayList<UploadAnswer>();
        answers.forEach(answer -> all.add(answer.join()));
        var reason = end == null ? obstacle : end;
        if (reason == null) {
            return all;
        }
        if (all.stream().allMatch(UploadAnswer::isRejected)) {
            throw reason;
        }
        if (end != null) {
            all.add(unread(end.problem()));
        }
        return all;
    }

    /** {@return why reading stopped before the end of the form; null when it did not} */
    private @Nullable ProblemException read(StreamedForm form) {
        try {
            for (var part = form.next(); part != null; part = form.next()) {
                current = nameOf(part);
                if (answers.size() == UploadForm.MOST_FILES) {
                    return new ProblemException(
                            PhotoProblem.TOO_MANY_FILES,
                            "a call takes " + UploadForm.MOST_FILES + " files; send the others in another call");
                }
                answers.add(take(part));
            }
            return null;
        } catch (ProblemException e) {
            return e;
        } catch (IOException e) {
            return SubmissionReader.endedTooEarly(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProblemException(WebProblem.TOO_BUSY, "The gateway is stopping.", e);
        }
    }

    private UploadAnswer unread(Problem reason) {
        var detail = "Nothing from here on was read: " + reason.detail();
        return UploadAnswer.rejected(
                current, Problem.of(HttpStatus.valueOf(reason.status()), reason.title(), reason.code(), detail));
    }

    private CompletableFuture<UploadAnswer> take(FormPart part) throws IOException, InterruptedException {
        return switch (part) {
            case FormPart.File file -> take(file);
            case FormPart.Text(var name, var _) -> otherPart(name);
            case FormPart.Other(var name, var _) -> otherPart(name);
        };
    }

    private static String nameOf(FormPart part) {
        return switch (part) {
            case FormPart.File file -> FileName.of(file.fileName());
            case FormPart.Text(var name, var _) -> name;
            case FormPart.Other(var name, var _) -> name;
        };
    }

    private CompletableFuture<UploadAnswer> otherPart(String name) {
        return rejected(UploadForm.otherPart(name));
    }

    private CompletableFuture<UploadAnswer> rejected(Problem reason) {
        return CompletableFuture.completedFuture(UploadAnswer.rejected(current, reason));
    }

    private CompletableFuture<UploadAnswer> take(FormPart.File file) throws IOException, InterruptedException {
        var inTheWay = obstacle;
        if (inTheWay != null) {
            return rejected(inTheWay.problem());
        }
        room.acquire();
        var held = new Held(memory.open(COPIES * (LARGEST + 1L)));
        try {
            var digest = Sha256.digest();
            var bytes = read(file, held.share(), digest);
            if (bytes.length <= LARGEST) {
                held.share().settle(bytes.length);
                var sha256 = Sha256.hex(digest.digest());
                return accept(new Arrived(PhotoIds.of(owner, sha256), sha256, current, bytes), held);
            }
            held.close();
            return rejected(ImageGuard.tooLarge(UploadForm.FILES));
        } catch (ProblemException e) {
            held.close();
            if (!e.problem().code().equals(WebProblem.TOO_BUSY.name())) {
                throw e;
            }
            obstacle = e;
            return rejected(e.problem());
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /** Reads the whole file, or one byte more than the largest one has. */
    private static byte[] read(FormPart.File file, BodyMemory.Share share, MessageDigest sha256) throws IOException {
        var counted = new CountedBytes(file.bytes(), count -> share.growTo(COPIES * count));
        return new DigestInputStream(counted, sha256).readNBytes(LARGEST + 1);
    }

    /** What a file has of this upload and of the memory, from when it arrives until it is accepted or refused. */
    private final class Held implements AutoCloseable {
        private final BodyMemory.Share share;

        Held(BodyMemory.Share share) {
            this.share = share;
        }

        BodyMemory.Share share() {
            return share;
        }

        @Override
        public void close() {
            share.close();
            room.release();
        }
    }

    /** Of the same file twice in one upload, the second one waits for the first, and so is the duplicate. */
    private CompletableFuture<UploadAnswer> accept(Arrived file, Held held) {
        var before = lastById.get(file.photoId());
        var accepted = before == null
                ? CompletableFuture.supplyAsync(() -> accept(file), threads)
                : before.thenApplyAsync(ended -> accept(file), threads);
        var answer = accepted.whenComplete((outcome, thrown) -> held.close());
        lastById.put(file.photoId(), answer);
        return answer;
    }

    private UploadAnswer accept(Arrived file) {
        try {
            return intake.accept(owner, file);
        } catch (ProblemException e) {
            if (CONCERNS_ALL.contains(e.problem().status())) {
                obstacle = e;
            }
            return UploadAnswer.rejected(file.name(), e.problem());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a photo was not accepted");
            return UploadAnswer.rejected(
                    file.name(), Problem.of(WebProblem.INTERNAL_ERROR, "The photo was not accepted."));
        }
    }
}
