package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.jobs.JobWatch;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.deadletters.Redrive;
import io.sluice.client.jobs.JobState;
import io.sluice.schemas.job.JobStatus;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Follows a redrive of many letters until it ends, and prints its result. */
final class RedriveFollower {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final CommandContext context;
    private final Redrive redrive;
    private final ProgressLine progress;

    RedriveFollower(CommandContext context, Redrive redrive) {
        this.context = context;
        this.redrive = redrive;
        this.progress = new ProgressLine(context.err());
    }

    /**
     * Waits until the redrive has ended. If this process ends earlier, the redrive goes on, and the user is told how to
     * follow and to stop it.
     */
    ExitCode follow() {
        progress.say("job %s: %,d %s".formatted(redrive.jobId(), redrive.matched(), letters(redrive.matched())));
        var began = System.nanoTime();
        var goodbye = new Thread(() -> {
            progress.clear();
            context.printNotice("The redrive goes on. Follow it with %s, stop it with ./sluice jobs %s --cancel"
                    .formatted(LetterText.howToFollow(redrive.jobId()), redrive.jobId()));
        });
        Runtime.getRuntime().addShutdownHook(goodbye);
        try (var gateway = new PatientCalls(context, PATIENCE, progress::say)) {
            return summarize(awaitEnd(gateway), Duration.ofNanos(System.nanoTime() - began));
        } finally {
            removeHook(goodbye);
            progress.clear();
        }
    }

    private static void removeHook(Thread goodbye) {
        try {
            Runtime.getRuntime().removeShutdownHook(goodbye);
        } catch (IllegalStateException e) {
            // the hook is running
            goodbye.interrupt();
        }
    }

    private JobState awaitEnd(PatientCalls gateway) {
        while (true) {
            var job = gateway.ask(client -> client.jobs().find(redrive.jobId()));
            if (job.hasEnded()) {
                return job;
            }
            progress.show("letters sent back", job.count("sent") + job.count("skipped"), 0, redrive.matched());
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private ExitCode summarize(JobState job, Duration took) {
        progress.clear();
        var sent = job.count("sent");
        var skipped = job.count("skipped");
        var seconds = Math.max(took.toMillis(), 1) / 1000.0;
        context.printLine("%,d of %,d %s sent back in %.1f s (%,.0f/s)%s"
                .formatted(
                        sent,
                        redrive.matched(),
                        letters(redrive.matched()),
                        seconds,
                        sent / seconds,
                        skipped == 0
                                ? ""
                                : "; %,d left out: sent back too often, or no longer open".formatted(skipped)));
        if (job.status() != JobStatus.SUCCEEDED) {
            context.printLine(JobWatch.summary(job));
        }
        return ExitCode.of(job.status()).withRejected(skipped);
    }

    private static String letters(long number) {
        return number == 1 ? "letter" : "letters";
    }
}
