package io.sluice.gateway.photo.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.scheduling.TaskExecutors;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.body.BodyMemory;
import io.sluice.web.body.CountedBytes;
import io.sluice.web.body.RequestBodies;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the request of an upload: applies the limits, and accepts its files while they arrive. */
@Singleton
final class PhotoUploads {
    private static final Logger LOG = LoggerFactory.getLogger(PhotoUploads.class);

    private final UploadDoor door;
    private final RequestBodies bodies;
    private final BodyMemory memory;
    private final PhotoIntake intake;
    private final OwnerCheck check;
    private final Executor threads;

    PhotoUploads(
            UploadDoor door,
            RequestBodies bodies,
            BodyMemory memory,
            PhotoIntake intake,
            OwnerCheck check,
            @Named(TaskExecutors.BLOCKING) Executor threads) {
        this.door = door;
        this.bodies = bodies;
        this.memory = memory.half(); // photos arrive in bulk, and products must not wait for their memory
        this.intake = intake;
        this.check = check;
        this.threads = threads;
    }

    /**
     * Accepts the files of a form, as {@link UploadRun} does.
     *
     * @throws ProblemException when the whole call is refused
     */
    List<UploadAnswer> receive(HttpRequest<?> request) {
        var type = request.getContentType()
                .filter(sent -> sent.getName().equals(MediaType.MULTIPART_FORM_DATA))
                .orElseThrow(() -> new ProblemException(
                        WebProblem.UNSUPPORTED_MEDIA_TYPE,
                        "Send multipart/form-data, with each photo in a part named " + UploadForm.FILES + "."));
        if (RequestBodies.lengthOf(request) > UploadForm.MAX_BODY) {
            throw tooLarge();
        }
        var owner = Objects.requireNonNull(Principal.of(request).owner(), "the door admits accounts only");
        var permit = door.enter(request);
        try {
            var answers = read(request, type, owner);
            log(answers, door.waiting());
            check.after(owner, answers);
            return answers;
        } catch (ProblemException e) {
            if (e.problem().status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
                    || e.problem().status() == HttpStatus.TOO_MANY_REQUESTS.getCode()) {
                permit.giveBack();
            }
            throw e;
        }
    }

    private List<UploadAnswer> read(HttpRequest<?> request, MediaType type, String owner) {
        try (var share = memory.open(StreamedForm.MEMORY);
                var body = new CountedBytes(bodies.open(request), PhotoUploads::requireAllowed)) {
            share.growTo(StreamedForm.MEMORY);
            return new UploadRun(owner, intake, memory, threads).run(StreamedForm.of(type, body, UploadForm.FIELDS));
        } catch (IOException e) {
            throw SubmissionReader.endedTooEarly(e);
        }
    }

    private static void requireAllowed(long count) {
        if (count > UploadForm.MAX_BODY) {
            throw tooLarge();
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                WebProblem.BODY_TOO_LARGE,
                "The body is larger than the " + UploadForm.MAX_BODY + " bytes that this call accepts.");
    }

    private static void log(List<UploadAnswer> answers, long waiting) {
        LOG.atInfo()
                .addKeyValue(
                        "queued",
                        answers.stream().filter(UploadAnswer::isQueued).count())
                .addKeyValue(
                        "rejected",
                        answers.stream().filter(UploadAnswer::isRejected).count())
                .addKeyValue("files", answers.size())
                .addKeyValue("waiting", waiting)
                .log("photos uploaded");
    }
}
