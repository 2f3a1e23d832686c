package io.sluice.jobs.board;

import static io.sluice.schemas.job.JobStatus.PROCESSING;
import static io.sluice.schemas.job.JobStatus.QUEUED;
import static io.sluice.schemas.job.JobStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.fold.JobFold;
import io.sluice.jobs.store.JobStore;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobBoardTest {
    private static final int KEPT = 1_000;

    private final Map<String, Job> disk = new HashMap<>();
    private final JobBoard board = new JobBoard(KEPT, id -> Optional.ofNullable(disk.get(id)));

    @Test
    void tellsACallerOnceTheJobHasEnded() {
        var over = board.whenOver("a");
        board.update(job("a", QUEUED));
        board.update(job("a", PROCESSING));
        assertThat(over).isNotDone();

        board.update(job("a", SUCCEEDED));

        assertThat(over).isCompletedWithValueMatching(job -> job.status() == SUCCEEDED);
    }

    @Test
    void tellsACallerAtOnceWhenTheJobHasEndedAlready() {
        board.update(job("a", SUCCEEDED));

        assertThat(board.whenOver("a")).isCompleted();
        assertThat(board.whenKnown("a")).isCompleted();
    }

    @Test
    void tellsACallerOnceAJobIsKnown() {
        var known = board.whenKnown("a");
        assertThat(known).isNotDone();

        board.update(job("a", QUEUED));

        assertThat(known).isCompleted();
    }

    @Test
    void doesNotLetTheAcceptedStateHideWhatTheTailKnows() {
        board.update(job("a", SUCCEEDED));
        board.apply(event("a", QUEUED));

        assertThat(board.find("a")).get().extracting(Job::status).isEqualTo(SUCCEEDED);
        assertThat(board.hasOpenJob("product", "p-1")).isFalse();
    }

    /** A quick processor ends a job before the gateway has written its first event. */
    @Test
    void knowsHowAJobBeganThatEndedBefore() {
        board.update(JobFold.begin(event("a", "indexed", SUCCEEDED, 3)));

        board.apply(event("a", "accepted", QUEUED, 0).withFingerprint("f").withCounts(Map.of("pictures_removed", 1L)));

        assertThat(board.find("a")).get().satisfies(job -> {
            assertThat(job.status()).isEqualTo(SUCCEEDED);
            assertThat(job.stages()).extracting(Job.Stage::stage).containsExactly("accepted", "indexed");
            assertThat(job.fingerprint()).isEqualTo("f");
            assertThat(job.counts()).containsEntry("pictures_removed", 1L);
        });
    }

    @Test
    void aJobThatAnEventBeginsIsEndedByAnEvent() {
        board.apply(event("a", QUEUED));
        assertThat(board.find("a")).get().extracting(Job::status).isEqualTo(QUEUED);

        board.apply(event("a", SUCCEEDED));

        assertThat(board.find("a")).get().extracting(Job::status).isEqualTo(SUCCEEDED);
        assertThat(board.hasOpenJob("product", "p-1")).isFalse();
    }

    @Test
    void knowsTheWholeHistoryOfAJobWhoseEndComesBeforeTheTrackerFoldsIt() {
        board.apply(event("a", "accepted", QUEUED, 0));
        board.apply(event("a", "embedded", PROCESSING, 2));
        board.update(JobFold.begin(event("a", "accepted", QUEUED, 0)));
        board.apply(event("a", "checked", PROCESSING, 1));
        board.apply(event("a", "indexed", SUCCEEDED, 3));
        board.update(JobFold.begin(event("a", "embedded", PROCESSING, 2)));

        assertThat(board.find("a")).get().satisfies(job -> {
            assertThat(job.status()).isEqualTo(SUCCEEDED);
            assertThat(job.stages())
                    .extracting(Job.Stage::stage)
                    .containsExactly("accepted", "checked", "embedded", "indexed");
        });
    }

    @Test
    void findsTheLatestJobsInMemoryWhenTheyAreEnough() {
        board.fill(new JobStore(), Instant.EPOCH, Instant.EPOCH.plusSeconds(5));
        for (var second : List.of(9, 4, 7, 8)) {
            board.update(Job.of("at-" + second, "product", QUEUED, Instant.EPOCH.plusSeconds(second)));
        }
        board.update(Job.of("at-6", "product", SUCCEEDED, Instant.EPOCH.plusSeconds(6)));

        assertThat(latest(3, job -> true)).containsExactly("at-9", "at-8", "at-7");
        assertThat(latest(9, job -> true)).containsExactly("at-9", "at-8", "at-7", "at-6", "at-4");
        assertThat(latest(9, job -> job.status() == SUCCEEDED)).containsExactly("at-6");
    }

    @Test
    void findsTheLatestJobsAlsoWhereMoreEndedThanItKeeps() {
        board.fill(new JobStore(), Instant.EPOCH, Instant.EPOCH);
        for (var second = 1; second <= KEPT + 10; second++) {
            board.update(Job.of("at-" + second, "product", SUCCEEDED, Instant.EPOCH.plusSeconds(second)));
        }

        assertThat(latest(2, job -> true)).containsExactly("at-" + (KEPT + 10), "at-" + (KEPT + 9));
        assertThat(latest(2 * KEPT, job -> true)).hasSize(KEPT);
    }

    private List<String> latest(int most, Predicate<Job> match) {
        return board.latest(most, match, new JobStore()).stream()
                .map(Job::jobId)
                .toList();
    }

    private static JobEvent event(String id, JobStatus outcome) {
        return event(id, "stage", outcome, 0);
    }

    private static JobEvent event(String id, String stage, JobStatus outcome, int second) {
        var at = Instant.EPOCH.plusSeconds(second);
        return JobEvent.of(id, "product", stage, outcome, at).withSubject("p-1").withVersion(1L);
    }

    @Test
    void knowsWhetherAProductHasAnOpenJob() {
        board.update(job("a", QUEUED));
        board.update(job("b", PROCESSING));
        assertThat(board.hasOpenJob("product", "p-1")).isTrue();

        board.update(job("a", SUCCEEDED));
        assertThat(board.hasOpenJob("product", "p-1")).isTrue();

        board.update(job("b", SUCCEEDED));
        assertThat(board.hasOpenJob("product", "p-1")).isFalse();
    }

    @Test
    void findsTheOpenJobsOfAProduct() {
        board.update(job("a", QUEUED));
        board.update(job("b", PROCESSING));
        board.update(job("over", SUCCEEDED));
        board.update(Job.of("other", "product", QUEUED, Instant.EPOCH).withSubject("p-2"));

        assertThat(board.open("product", "p-1")).extracting(Job::jobId).containsExactly("a", "b");
        assertThat(board.open("product", "p-3")).isEmpty();
        assertThat(board.open("photo", "p-1")).isEmpty();
    }

    @Test
    void keepsTheLatestOpenJobsAndTheLatestEndedOnes() {
        IntStream.range(0, 5 * KEPT).forEach(i -> board.update(job("open-" + i, QUEUED)));
        IntStream.range(0, 5 * KEPT).forEach(i -> board.update(job("over-" + i, SUCCEEDED)));

        for (var kind : List.of("open-", "over-")) {
            assertThat(IntStream.range(0, 5 * KEPT)
                            .filter(i -> board.find(kind + i).isPresent()))
                    .hasSize(KEPT)
                    .contains(5 * KEPT - 1);
        }
    }

    @Test
    void continuesAJobFromTheDiskThatIsNotInMemory() {
        disk.put("a", JobFold.begin(event("a", "accepted", QUEUED, 0)));
        var over = board.whenOver("a");

        board.apply(event("a", "indexed", SUCCEEDED, 3));

        assertThat(over).isCompletedWithValueMatching(job -> job.stages().size() == 2);
        assertThat(board.whenOver("b")).isNotDone();
        disk.put("b", job("b", SUCCEEDED));
        assertThat(board.whenOver("b")).isCompleted();
    }

    @Test
    void saysThatAProductMayHaveAnOpenJobWhileMoreAreOpenThanItKeeps() {
        IntStream.rangeClosed(0, KEPT).forEach(i -> board.update(job("open-" + i, QUEUED)));
        assertThat(board.hasOpenJob("product", "another")).isTrue();

        IntStream.rangeClosed(0, KEPT).forEach(i -> board.update(job("open-" + i, SUCCEEDED)));
        assertThat(board.hasOpenJob("product", "another")).isFalse();
        assertThat(board.hasOpenJob("product", "p-1")).isFalse();
    }

    @Test
    void removesAJob() {
        board.update(job("a", QUEUED));
        board.remove("a");

        assertThat(board.find("a")).isEmpty();
        assertThat(board.hasOpenJob("product", "p-1")).isFalse();
    }

    @Test
    void removesACallerThatStopsWaiting() {
        var over = board.whenOver("a");
        over.cancel(false);
        board.update(job("a", SUCCEEDED));

        assertThat(over).isCancelled();
        assertThat(board.watched()).isZero();
    }

    @Test
    void continuesWhenAWatcherFails() {
        board.watch("a", job -> {
            throw new IllegalStateException("a bug of the watcher");
        });
        var over = board.whenOver("a");

        board.update(job("a", SUCCEEDED));

        assertThat(over).isCompleted();
    }

    private static Job job(String id, JobStatus status) {
        var at = Instant.parse("2026-03-01T10:00:00Z");
        return Job.of(id, "product", status, at).withSubject("p-1").withVersion(1L);
    }
}
