package io.sluice.indexer.photo;

import io.micronaut.context.annotation.Factory;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.stores.letters.LetterTable;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The sweep and what it asks. */
@Factory
final class SweepBeans {
    @Singleton
    ReadCheck reads(ConsumerGroups groups, TopicNames names, LetterTable letters) {
        return new ReadCheck(groups, names, letters);
    }

    @Singleton
    PhotoSweep sweep(PhotoLedger ledger, ObjectStore objects, ObjectRemover remover, ReadCheck reads, Clock clock) {
        return new PhotoSweep(ledger, objects, remover, reads, clock);
    }
}
