package io.sluice.jobs.store;

import io.sluice.schemas.job.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All jobs of the deployment, on the disk of this instance: the global store that Kafka Streams fills from jobs.v1. It
 * is empty until Kafka Streams opens it, and after Kafka Streams has closed it. Safe for use by many threads.
 */
public final class JobStore {
    private static final Logger LOG = LoggerFactory.getLogger(JobStore.class);

    /** The order of a list of jobs; the id decides between jobs that were created in the same moment. */
    public static final Comparator<Job> LATEST_FIRST =
            Comparator.comparing(Job::createdAt).thenComparing(Job::jobId).reversed();

    private volatile @Nullable ReadOnlyKeyValueStore<String, Job> open;

    /** Reads from this store from now on. */
    public void open(ReadOnlyKeyValueStore<String, Job> store) {
        open = store;
    }

    /** {@return whether a store was opened} */
    public boolean isOpen() {
        return open != null;
    }

    /** {@return the job, whichever instance folds it; its state may be a moment old} */
    public Optional<Job> find(String jobId) {
        var store = open;
        try {
            return store == null ? Optional.empty() : Optional.ofNullable(store.get(jobId));
        } catch (InvalidStateStoreException e) {
            LOG.atDebug().setCause(e).log("job store is closed");
            return Optional.empty();
        }
    }

    /**
     * Returns the open jobs that moved last, the latest one at the end. Reads all jobs.
     *
     * @param most how many, at most
     * @param since jobs that moved before it are forgotten, even where their end never came to this disk
     */
    public List<Job> latestOpen(int most, Instant since) {
        var store = open;
        if (store == null) {
            return List.of();
        }
        return last(
                store,
                most,
                Comparator.comparing(Job::updatedAt),
                job -> !job.status().isTerminal() && !job.updatedAt().isBefore(since));
    }

    /**
     * Returns the jobs that were created last, the latest first. Reads all jobs: 200,000 take some seconds. So one caller
     * at a time does so, and the others wait.
     *
     * @param most how many, at most
     */
    public synchronized List<Job> latest(int most, Predicate<Job> match) {
        var store = open;
        try {
            return store == null
                    ? List.of()
                    : last(store, most, LATEST_FIRST.reversed(), match).reversed();
        } catch (InvalidStateStoreException e) {
            LOG.atDebug().setCause(e).log("job store is closed");
            return List.of();
        }
    }

    /** {@return the last jobs in this order, the last one at the end} */
    private static List<Job> last(
            ReadOnlyKeyValueStore<String, Job> store, int most, Comparator<Job> order, Predicate<Job> match) {
        var last = new PriorityQueue<Job>(order);
        try (var all = store.all()) {
            while (all.hasNext()) {
                next(all).filter(match).ifPresent(last::add);
                if (last.size() > most) {
                    last.remove();
                }
            }
        }
        var sorted = new ArrayList<Job>(last.size());
        while (!last.isEmpty()) {
            sorted.add(last.remove());
        }
        return sorted;
    }

    private static Optional<Job> next(KeyValueIterator<String, Job> all) {
        try {
            return Optional.of(all.next().value);
        } catch (SerializationException e) {
            LOG.atWarn().setCause(e).log("skipped an unreadable job");
            return Optional.empty();
        }
    }
}
