package io.sluice.gateway.admin.letters.batch;

import io.sluice.gateway.admin.letters.record.LetterRecords;
import io.sluice.gateway.background.RepeatedTask;
import io.sluice.gateway.intake.JobIds;
import io.sluice.stores.letters.Redrive;
import io.sluice.stores.letters.RedriveTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on redrives of many letters, each on a thread of its own. A lease in Postgres makes sure that no two gateways
 * work on one. When a gateway dies, another one goes on where it was; it may send the last batch again, which does no
 * harm, because a record that was handled before is superseded.
 */
@Singleton
public final class RedriveWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedriveWorker.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final RedriveTable redrives;
    private final LetterRecords records;
    private final String process;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final RepeatedTask task = new RepeatedTask("redrives", INTERVAL, this::takeAll);
    private final RedriveRun run;

    RedriveWorker(
            RedriveTable redrives, RedriveBatch batches, RedriveEvents events, LetterRecords records, JobIds ids) {
        this.redrives = redrives;
        this.records = records;
        this.process = ids.next();
        this.run = new RedriveRun(redrives, batches, events, process, stopping);
    }

    /** Goes on with what another gateway has left, now and from time to time. */
    public void begin() {
        task.begin();
    }

    /** Looks for a new redrive now. */
    public void runSoon() {
        task.runSoon();
    }

    private boolean takeAll() {
        for (var redrive = redrives.take(process); redrive.isPresent(); redrive = redrives.take(process)) {
            var taken = redrive.get();
            threads.add(Thread.ofVirtual().name("redrive-" + taken.id()).start(() -> work(taken)));
        }
        return stopping.getCount() > 0;
    }

    private void work(Redrive redrive) {
        try (var reader = records.open("redrive")) {
            if (run.run(redrive, reader)) {
                redrives.giveBack(redrive.id(), process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("redrive", redrive.id())
                    .addKeyValue("again", RedriveTable.LEASE)
                    .setCause(e)
                    .log("a redrive is held up, it goes on later");
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /** Stops after the current batches. Another gateway, or the next start, goes on. */
    @Override
    @PreDestroy
    public void close() {
        stopping.countDown();
        task.close();
        try {
            for (var thread : threads) {
                var _ = thread.join(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
