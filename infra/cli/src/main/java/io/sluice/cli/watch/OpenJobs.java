package io.sluice.cli.watch;

import io.sluice.cli.watch.JournalEntry.Status;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.jobs.JobState;
import io.sluice.client.photo.Photo;
import java.io.IOException;
import java.util.Comparator;

/** Follows the jobs of the photos that were uploaded, by this run or an earlier one. */
final class OpenJobs {
    private static final int STILL_OPEN = 20;
    private static final int NOT_FOUND = 404;

    private final WatchGateway gateway;
    private final WatchJournal journal;
    private final Outcomes outcomes;
    private final Pace pace;

    OpenJobs(WatchGateway gateway, WatchJournal journal, Outcomes outcomes, Pace pace) {
        this.gateway = gateway;
        this.journal = journal;
        this.outcomes = outcomes;
        this.pace = pace;
    }

    /**
     * Asks for the jobs, the oldest first, and notes those that have ended. Jobs end about in the order they began in, so it
     * goes on only until some have not.
     *
     * @return whether all have ended
     */
    boolean poll() throws IOException, InterruptedException {
        var stillOpen = 0;
        var open = journal.entries().stream()
                .filter(OpenJobs::isOpen)
                .sorted(Comparator.comparing(JournalEntry::at))
                .toList();
        for (var entry : open) {
            if (!hasEnded(entry) && ++stillOpen == STILL_OPEN) {
                break;
            }
        }
        outcomes.write();
        return stillOpen == 0;
    }

    private static boolean isOpen(JournalEntry entry) {
        return entry.status() == Status.QUEUED && !entry.jobId().isEmpty();
    }

    private boolean hasEnded(JournalEntry entry) throws InterruptedException {
        return switch (gateway.ask(client -> client.jobs().find(entry.jobId()))) {
            case Success<JobState>(var _, var job) -> job.hasEnded() && end(entry, ofEnd(job), job.error());
            case Refused<JobState>(var problem, var _) when problem.status() == NOT_FOUND -> isPhotoOver(entry);
            case Refused<JobState> _ -> false;
        };
    }

    /** Asks for the photo itself, because its job is so old that it is forgotten. A photo that is gone was deleted. */
    private boolean isPhotoOver(JournalEntry entry) throws InterruptedException {
        return switch (gateway.ask(client -> client.photos().find(entry.photoId()))) {
            case Success<Photo>(var _, var photo) ->
                switch (photo.status()) {
                    case QUEUED -> false;
                    case PREPARED, RECOGNIZED -> end(entry, Status.SUCCEEDED, "");
                    case FAILED -> end(entry, Status.FAILED, "it could not be prepared");
                };
            case Refused<Photo>(var problem, var _) ->
                problem.status() == NOT_FOUND && end(entry, Status.SUCCEEDED, "");
        };
    }

    private boolean end(JournalEntry entry, Status status, String why) {
        outcomes.note(entry.ended(pace.now(), status, why));
        return true;
    }

    private static Status ofEnd(JobState job) {
        return switch (job.status()) {
            case QUEUED, PROCESSING, RETRYING, SUCCEEDED, SUPERSEDED -> Status.SUCCEEDED;
            case FAILED, DEAD, CANCELED -> Status.FAILED;
        };
    }
}
