package io.sluice.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import java.time.Instant;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobStoreTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String UNREADABLE = "c-unreadable";

    private final StoreInMemory disk = new StoreInMemory();
    private final JobStore store = new JobStore();

    @Test
    void isEmptyUntilItIsOpened() {
        disk.jobs.put("a", job("a", JobStatus.QUEUED, 0));

        assertThat(store.find("a")).isEmpty();
        assertThat(store.latestOpen(10, START)).isEmpty();
    }

    @Test
    void findsNothingOnceItIsClosed() {
        disk.jobs.put("a", job("a", JobStatus.QUEUED, 0));
        store.open(disk);
        assertThat(store.find("a")).isPresent();

        disk.isClosed = true;

        assertThat(store.find("a")).isEmpty();
    }

    @Test
    void returnsTheOpenJobsThatChangedLastInThatOrder() {
        disk.jobs.put("a", job("a", JobStatus.QUEUED, 3));
        disk.jobs.put("b", job("b", JobStatus.RETRYING, 1));
        disk.jobs.put("d", job("d", JobStatus.SUCCEEDED, 9));
        disk.jobs.put("e", job("e", JobStatus.PROCESSING, 2));
        store.open(disk);

        assertThat(store.latestOpen(2, START)).extracting(Job::jobId).containsExactly("e", "a");
        assertThat(store.latestOpen(10, START)).extracting(Job::jobId).containsExactly("b", "e", "a");
    }

    @Test
    void forgetsAnOpenJobWhoseEndNeverCameToThisDisk() {
        disk.jobs.put("a", job("a", JobStatus.QUEUED, 1));
        disk.jobs.put("b", job("b", JobStatus.QUEUED, 2));
        store.open(disk);

        assertThat(store.latestOpen(10, START.plusSeconds(2)))
                .extracting(Job::jobId)
                .containsExactly("b");
    }

    @Test
    void returnsTheJobsThatWereCreatedLastWhicheverIsTheirState() {
        disk.jobs.put("a", job("a", JobStatus.QUEUED, 3));
        disk.jobs.put("b", job("b", JobStatus.RETRYING, 1));
        disk.jobs.put("d", job("d", JobStatus.SUCCEEDED, 9));
        disk.jobs.put("e", job("e", JobStatus.DEAD, 3));

        assertThat(store.latest(10, job -> true)).isEmpty();
        store.open(disk);

        assertThat(store.latest(3, job -> true)).extracting(Job::jobId).containsExactly("d", "e", "a");
        assertThat(store.latest(3, job -> !job.status().isTerminal()))
                .extracting(Job::jobId)
                .containsExactly("a", "b");
    }

    @Test
    void skipsAnUnreadableJob() {
        disk.jobs.put("a", job("a", JobStatus.QUEUED, 0));
        disk.jobs.put(UNREADABLE, job(UNREADABLE, JobStatus.QUEUED, 0));
        disk.jobs.put("d", job("d", JobStatus.QUEUED, 1));
        store.open(disk);

        assertThat(store.latestOpen(10, START)).extracting(Job::jobId).containsExactly("a", "d");
    }

    @Test
    void fillsABoardThatKnowsWhenMoreAreOpenThanItKeeps() {
        for (int i = 0; i < 3; i++) {
            disk.jobs.put("job-" + i, job("job-" + i, JobStatus.QUEUED, i));
        }
        store.open(disk);
        var small = new JobBoard(2, store::find);
        var large = new JobBoard(3, store::find);

        small.fill(store, START, START.plusSeconds(60));
        large.fill(store, START, START.plusSeconds(60));

        assertThat(small.open("product")).extracting(Job::jobId).containsExactly("job-1", "job-2");
        assertThat(small.hasOpenJob("product", "another")).isTrue();
        assertThat(large.open("product")).hasSize(3);
        assertThat(large.hasOpenJob("product", "another")).isFalse();
    }

    private static Job job(String id, JobStatus status, long second) {
        return Job.of(id, "product", status, START.plusSeconds(second)).withSubject("p-1");
    }

    /** A store with readable jobs and an unreadable one. It can be closed. */
    private static final class StoreInMemory implements ReadOnlyKeyValueStore<String, Job> {
        final NavigableMap<String, Job> jobs = new TreeMap<>();
        boolean isClosed;

        @Override
        public @Nullable Job get(String key) {
            if (isClosed) {
                throw new InvalidStateStoreException("closed");
            }
            return jobs.get(key);
        }

        @Override
        public KeyValueIterator<String, Job> range(String from, String to) {
            return new Entries(jobs.subMap(from, true, to, true));
        }

        @Override
        public KeyValueIterator<String, Job> all() {
            return new Entries(jobs);
        }

        @Override
        public long approximateNumEntries() {
            return jobs.size();
        }
    }

    private static final class Entries implements KeyValueIterator<String, Job> {
        private final NavigableMap<String, Job> jobs;
        private final Iterator<String> keys;

        Entries(NavigableMap<String, Job> jobs) {
            this.jobs = jobs;
            this.keys = jobs.navigableKeySet().iterator();
        }

        @Override
        public boolean hasNext() {
            return keys.hasNext();
        }

        @Override
        public KeyValue<String, Job> next() {
            var key = keys.next();
            if (key.equals(UNREADABLE)) {
                throw new SerializationException("not readable as a Job");
            }
            return KeyValue.pair(key, jobs.get(key));
        }

        @Override
        public String peekNextKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
