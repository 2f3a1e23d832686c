package io.sluice.cli.watch;

import io.sluice.cli.watch.JournalEntry.Status;
import io.sluice.client.photo.UploadedPhoto;
import io.sluice.client.photo.UploadedPhoto.Duplicate;
import io.sluice.client.photo.UploadedPhoto.Queued;
import io.sluice.client.photo.UploadedPhoto.Rejected;
import java.io.IOException;

/** Notes what the gateway answered to each photo. */
final class Outcomes {
    private final WatchJournal journal;
    private final LeftOut leftOut;
    private final WatchReport report;
    private final Pace pace;

    Outcomes(WatchJournal journal, LeftOut leftOut, WatchReport report, Pace pace) {
        this.journal = journal;
        this.leftOut = leftOut;
        this.report = report;
        this.pace = pace;
    }

    /**
     * Notes the answer to a photo. A file that changed while it was sent is not noted: what was sent is not what it is now,
     * so it is uploaded again. A photo that may be accepted later is tried later.
     */
    void note(PhotoFile photo, UploadedPhoto answer) {
        if (photo.file().hasChanged()) {
            return;
        }
        switch (answer) {
            case Queued(var photoId, var jobId, var _) -> note(photo, Status.QUEUED, photoId, jobId, "");
            case Duplicate(var photoId, var _) -> note(photo, Status.DUPLICATE, photoId, "", "");
            case Rejected(var _, var reason, var isRetryable) -> {
                if (isRetryable) {
                    report.sayOnce(
                            "later " + reason,
                            "%s: %s; such photos are tried again"
                                    .formatted(photo.file().name(), reason));
                    leftOut.forAWhile(photo.file(), pace.now());
                } else {
                    note(photo, Status.REJECTED, "", "", reason);
                }
            }
        }
    }

    private void note(PhotoFile photo, Status status, String photoId, String jobId, String reason) {
        var file = photo.file();
        note(new JournalEntry(
                pace.now(),
                journal.account(),
                file.name(),
                file.state().size(),
                file.state().modified(),
                photo.sha256(),
                status,
                photoId,
                jobId,
                reason));
    }

    /** Notes the end of a photo's job, or the outcome of a file. */
    void note(JournalEntry entry) {
        journal.note(entry);
        report.count(entry);
    }

    /** Notes that a photo that was uploaded has another time now, and the same bytes. */
    void noteTouched(JournalEntry before, FoundFile file) {
        journal.note(before.touched(pace.now(), file));
    }

    /** Writes what was noted to the journal. */
    void write() throws IOException {
        journal.write();
    }
}
