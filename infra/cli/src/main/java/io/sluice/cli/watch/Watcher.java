package io.sluice.cli.watch;

import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at the folder again and again, and uploads the photos that are new and fully written. */
final class Watcher {
    private static final String FOLDER = "folder";
    /** A run that ends by itself tries a photo so often that the gateway cannot take now. */
    private static final int TRIES_OF_ONE_RUN = 6;

    private final WatchOptions options;
    private final WatchedFolder folder;
    private final WatchReport report;
    private final Pace pace;
    private final FolderScan scan;
    private final Settling settling;
    private final LeftOut leftOut = new LeftOut();
    private final Outcomes outcomes;
    private final PhotoUploads uploads;
    private final SortedFolders sorted;
    private final OpenJobs jobs;
    private boolean isFirstLook = true;
    private Instant lastChange;
    private int unreadable;

    Watcher(WatchOptions options, WatchedFolder folder, WatchGateway gateway, WatchReport report, Pace pace) {
        this.options = options;
        this.folder = folder;
        this.report = report;
        this.pace = pace;
        this.scan = new FolderScan(options.folder(), options.recursive(), options.leftOut(), report);
        this.settling = new Settling(options.settle());
        this.outcomes = new Outcomes(folder.journal(), leftOut, report, pace);
        this.uploads = new PhotoUploads(gateway, outcomes, options.batch());
        this.sorted = new SortedFolders(options.moveTo(), options.waits(), report);
        this.jobs = new OpenJobs(gateway, folder.journal(), outcomes, pace);
        this.lastChange = pace.now();
    }

    /** Works until it is asked to stop; a run that ends by itself, until everything is uploaded. */
    ExitCode run() throws InterruptedException {
        while (!pace.isStopping()) {
            var isDone = round();
            if (isDone && options.once().isPresent()) {
                return end();
            }
            pace.pause(options.every());
        }
        throw new InterruptedException("asked to stop");
    }

    private ExitCode end() {
        var missed = settling.wanted() + leftOut.tried(1).size() + unreadable;
        if (missed > 0) {
            throw new CommandFailedException("%,d files could not be uploaded".formatted(missed));
        }
        return ExitCode.SUCCESS.withRejected(report.rejected());
    }

    /** Returns whether a run that ends by itself is done. A folder that cannot be reached is tried again. */
    private boolean round() throws InterruptedException {
        try {
            folder.reach();
            var look = scan.look();
            if (report.forget(FOLDER)) {
                report.say("%s is there again".formatted(options.folder()));
            }
            return upload(look);
        } catch (IOException e) {
            if (options.once().isPresent()) {
                throw new CommandFailedException("%s cannot be read or written (%s)".formatted(options.folder(), e));
            }
            report.sayOnce(
                    FOLDER, "%s cannot be read or written (%s); waiting until it can".formatted(options.folder(), e));
            return false;
        }
    }

    private boolean upload(FolderLook look) throws IOException, InterruptedException {
        if (isFirstLook) {
            look.files().forEach(this::countEarlier);
            isFirstLook = false;
        }
        var haveJobsEnded = !options.waits() || jobs.poll();
        leftOut.keep(look.files().stream()
                .filter(file -> folder.journal().find(file).isEmpty())
                .map(FoundFile::name)
                .collect(Collectors.toUnmodifiableSet()));
        for (var file : look.files()) {
            folder.journal().find(file).ifPresent(entry -> sorted.put(file, entry));
        }
        var ready = settling.ready(look, this::isWanted, pace.now());
        if (!ready.isEmpty()) {
            send(ready);
            lastChange = pace.now();
        }
        return ready.isEmpty() && haveJobsEnded && isNothingLeft();
    }

    private void countEarlier(FoundFile file) {
        var known = folder.journal().find(file);
        known.ifPresent(report::before);
        if (options.once().isPresent()) {
            known.filter(entry -> entry.status().isBad()).ifPresent(report::list);
        }
    }

    private boolean isWanted(FoundFile file) {
        return folder.journal().find(file).isEmpty() && !leftOut.contains(file, pace.now());
    }

    /** A file that does not come to rest, and one that cannot be uploaded, end the patience of a run at last. */
    private boolean isNothingLeft() {
        var patience = options.once().orElse(Duration.ZERO).plus(options.settle());
        var isAtRest = settling.wanted() == 0
                || Duration.between(lastChange, pace.now()).compareTo(patience) > 0;
        return isAtRest && leftOut.tried(1).equals(leftOut.tried(TRIES_OF_ONE_RUN));
    }

    private void send(List<FoundFile> files) throws IOException, InterruptedException {
        var begun = pace.now();
        report.begin();
        report.forget(WatchGateway.BUSY);
        var done = 0;
        var sent = 0;
        for (var file : files) {
            if (pace.isStopping()) {
                break;
            }
            var photo = read(file);
            if (photo.isPresent()) {
                uploads.add(photo.get());
                sent++;
            }
            report.show(++done - uploads.waiting(), files.size());
        }
        uploads.flush();
        report.end(sent, Duration.between(begun, pace.now()));
    }

    /** Reads a file. Empty when it is not to be uploaded. */
    private Optional<PhotoFile> read(FoundFile file) {
        try {
            var photo = PhotoFile.read(file);
            if (photo.isEmpty()) {
                leftOut.untilChanged(file);
                report.noPicture(file.name());
            }
            return photo.filter(one -> !file.hasChanged() && !wasUploaded(one));
        } catch (IOException e) {
            if (!file.hasChanged()) {
                leaveOutUnreadable(file);
                report.sayOnce("unreadable " + file.path(), "%s cannot be read (%s)".formatted(file.name(), e));
            }
            return Optional.empty();
        }
    }

    private void leaveOutUnreadable(FoundFile file) {
        if (options.once().isPresent()) {
            leftOut.untilChanged(file);
            unreadable++;
        } else {
            leftOut.forAWhile(file, pace.now());
        }
    }

    /** {@return whether only the time of the file has changed since it was uploaded} */
    private boolean wasUploaded(PhotoFile photo) {
        var before = folder.journal()
                .named(photo.file().name())
                .filter(entry -> entry.status().isAccepted() && entry.sha256().equals(photo.sha256()));
        before.ifPresent(entry -> {
            outcomes.noteTouched(entry, photo.file());
            report.before(entry);
        });
        return before.isPresent();
    }
}
