package io.sluice.gateway.admin.letters.batch;

import io.sluice.gateway.admin.letters.record.RecordReader;
import io.sluice.stores.letters.Redrive;
import io.sluice.stores.letters.Redrive.Step;
import io.sluice.stores.letters.RedriveTable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends the letters of one redrive at its rate, until nothing is left, or it is canceled, or the gateway stops. */
final class RedriveRun {
    private static final long REPORT_EVERY = Duration.ofSeconds(1).toNanos();

    private final RedriveTable redrives;
    private final RedriveBatch batches;
    private final RedriveEvents events;
    private final String process;
    private final CountDownLatch stopping;

    RedriveRun(
            RedriveTable redrives,
            RedriveBatch batches,
            RedriveEvents events,
            String process,
            CountDownLatch stopping) {
        this.redrives = redrives;
        this.batches = batches;
        this.events = events;
        this.process = process;
        this.stopping = stopping;
    }

    /**
     * Runs until the redrive has ended, another process has it, or this one stops.
     *
     * @return whether the redrive has not ended
     */
    boolean run(Redrive redrive, RecordReader reader) throws InterruptedException {
        var pace = new RedrivePace(redrive.rate(), System::nanoTime);
        var reported = System.nanoTime();
        var now = redrive;
        while (!stopping.await(pace.untilNext().toNanos(), TimeUnit.NANOSECONDS)) {
            var latest = now;
            var step = redrives.next(
                    redrive.id(),
                    process,
                    pace.batch(),
                    letters -> batches.send(latest, reader, letters),
                    events::finished);
            switch (step) {
                case Step.Finished _, Step.Lost _ -> {
                    return false;
                }
                case Step.Went(var next) -> {
                    var done = next.progress().sent() + next.progress().skipped();
                    pace.sent(
                            (int) (done - now.progress().sent() - now.progress().skipped()));
                    now = next;
                }
            }
            if (System.nanoTime() - reported > REPORT_EVERY) {
                events.went(now);
                reported = System.nanoTime();
            }
        }
        return true;
    }
}
