package io.sluice.gateway.admin.letters.work;

import io.sluice.gateway.admin.letters.batch.RedriveWorker;
import io.sluice.gateway.admin.letters.intake.LetterConsumer;
import io.sluice.gateway.admin.letters.upkeep.LetterUpkeep;
import jakarta.inject.Singleton;

/** Reads dead letters, works on redrives, and watches which letters expire. */
@Singleton
public final class LetterWork {
    private final LetterConsumer consumer;
    private final RedriveWorker redrives;
    private final LetterUpkeep upkeep;

    LetterWork(LetterConsumer consumer, RedriveWorker redrives, LetterUpkeep upkeep) {
        this.consumer = consumer;
        this.redrives = redrives;
        this.upkeep = upkeep;
    }

    /** Begins all of it, without waiting for Kafka or Postgres. */
    public void begin() {
        consumer.begin();
        redrives.begin();
        upkeep.begin();
    }
}
