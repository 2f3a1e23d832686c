package io.sluice.jobs.fold;

import static io.sluice.schemas.job.JobStatus.DEAD;
import static io.sluice.schemas.job.JobStatus.PROCESSING;
import static io.sluice.schemas.job.JobStatus.QUEUED;
import static io.sluice.schemas.job.JobStatus.RETRYING;
import static io.sluice.schemas.job.JobStatus.SUCCEEDED;
import static io.sluice.schemas.job.JobStatus.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobFoldTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final JobError BROKEN = new JobError("IMAGE_UNDECODABLE", "not a picture");

    private static final JobEvent ACCEPTED = event("accepted", QUEUED, 0);
    private static final JobEvent EMBEDDED = event("embedded", PROCESSING, 30);
    private static final JobEvent INDEXED = event("indexed", SUCCEEDED, 50);

    @Test
    void beginsAsItsFirstEventSays() {
        var job = fold(ACCEPTED);

        assertThat(job.status()).isEqualTo(QUEUED);
        assertThat(job.subject()).isEqualTo("p-1");
        assertThat(job.version()).isEqualTo(7);
        assertThat(job.createdAt()).isEqualTo(START);
        assertThat(job.stages()).containsExactly(new Job.Stage("accepted", START, 0));
    }

    @Test
    void hasALineForEachStageWithTheTimeItTook() {
        var job = fold(ACCEPTED, EMBEDDED, INDEXED);

        assertThat(job.status()).isEqualTo(SUCCEEDED);
        assertThat(job.updatedAt()).isEqualTo(START.plusMillis(50));
        assertThat(job.stages())
                .extracting(Job.Stage::stage, Job.Stage::tookMs)
                .containsExactly(tuple("accepted", 0L), tuple("embedded", 30L), tuple("indexed", 20L));
    }

    @Seeded
    @Test
    void hasTheSameResultInWhateverOrderItsSuccessfulStepsArrive(Seed seed) {
        var inOrder = fold(ACCEPTED, EMBEDDED, INDEXED);
        var events = new ArrayList<>(List.of(ACCEPTED, EMBEDDED, INDEXED));
        var random = seed.random();
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(events, random);
            assertThat(fold(events.get(0), events.get(1), events.get(2)))
                    .as(events.toString())
                    .isEqualTo(inOrder);
        }
    }

    @Test
    void isNotPutBackInTheQueueByTheQueuedEventArrivingLate() {
        assertThat(fold(EMBEDDED, ACCEPTED).status()).isEqualTo(PROCESSING);
    }

    @Test
    void saysWhenTheNextAttemptIsOnlyWhileOneIsToCome() {
        var again = START.plusSeconds(10);
        var retrying = event("embedded", RETRYING, 40).withError(BROKEN).withNextAttemptAt(again);

        assertThat(fold(retrying).nextAttemptAt()).isEqualTo(again);
        assertThat(fold(ACCEPTED, retrying).nextAttemptAt()).isEqualTo(again);
        assertThat(fold(retrying, ACCEPTED).nextAttemptAt()).isEqualTo(again);
        assertThat(fold(ACCEPTED, retrying, INDEXED).nextAttemptAt()).isNull();
    }

    @Test
    void aJobThatIsDeadGoesOnOnlyWhenItsRecordIsSentBack() {
        var dead = fold(ACCEPTED, event("embedded", DEAD, 40, BROKEN));
        var letter = "products.v1.embedder.dlq/0-7";

        assertThat(JobFold.fold(dead, event("embedded", RETRYING, 60)).status()).isEqualTo(DEAD);
        assertThat(JobFold.fold(dead, event("embedded", PROCESSING, 60)).status())
                .isEqualTo(DEAD);
        assertThat(JobFold.fold(dead, event("embedded", PROCESSING, 30).redrivenFrom(letter))
                        .status())
                .as("an event from before its end")
                .isEqualTo(DEAD);

        var reopened = JobFold.fold(dead, event("embedded", PROCESSING, 60).redrivenFrom(letter));
        assertThat(reopened.status()).isEqualTo(PROCESSING);
        assertThat(reopened.error()).isNull();
        assertThat(JobFold.fold(reopened, event("indexed", SUCCEEDED, 70)).status())
                .isEqualTo(SUCCEEDED);
        assertThat(JobFold.fold(dead, event("embedded", DEAD, 60, BROKEN).redrivenFrom(letter))
                        .updatedAt())
                .isEqualTo(START.plusMillis(60));
        var failed = fold(ACCEPTED, event("imported", JobStatus.FAILED, 40, BROKEN));
        assertThat(JobFold.fold(failed, event("embedded", PROCESSING, 60).redrivenFrom(letter))
                        .status())
                .isEqualTo(JobStatus.FAILED);
    }

    @Test
    void changesNothingWhenAnEventIsDeliveredAgain() {
        assertThat(fold(ACCEPTED, EMBEDDED, EMBEDDED)).isEqualTo(fold(ACCEPTED, EMBEDDED));
        assertThat(fold(ACCEPTED, EMBEDDED, INDEXED, INDEXED, EMBEDDED)).isEqualTo(fold(ACCEPTED, EMBEDDED, INDEXED));
    }

    @Test
    void keepsTheFirstTimeOfAStageThatIsRepeated() {
        var again = event("embedded", PROCESSING, 45);

        assertThat(fold(ACCEPTED, EMBEDDED, again).stages())
                .extracting(Job.Stage::at)
                .containsExactly(START, START.plusMillis(30));
    }

    @Test
    void hasAnErrorWhileItIsRetryingAndNoneOnceAStageSucceeds() {
        var retrying = fold(ACCEPTED, event("embedded", RETRYING, 10, BROKEN));
        assertThat(retrying.status()).isEqualTo(RETRYING);
        assertThat(retrying.error()).isEqualTo(BROKEN);
        assertThat(retrying.stages()).extracting(Job.Stage::stage).containsExactly("accepted");

        var embedded = JobFold.fold(retrying, EMBEDDED);
        assertThat(embedded.status()).isEqualTo(PROCESSING);
        assertThat(embedded.error()).isNull();
    }

    @Test
    void keepsItsStatusWhenAnOlderEventIsDeliveredAgain() {
        var retrying = fold(ACCEPTED, event("embedded", PROCESSING, 10), event("indexed", RETRYING, 20, BROKEN));

        assertThat(JobFold.fold(retrying, event("embedded", PROCESSING, 10))).isEqualTo(retrying);
        assertThat(JobFold.fold(retrying, event("checked", PROCESSING, 15)))
                .isEqualTo(fold(
                        ACCEPTED,
                        event("embedded", PROCESSING, 10),
                        event("checked", PROCESSING, 15),
                        event("indexed", RETRYING, 20, BROKEN)));
        assertThat(JobFold.fold(retrying, event("indexed", DEAD, 15, BROKEN)).status())
                .isEqualTo(DEAD);
    }

    @Test
    void keepsItsOutcomeWhateverComesLater() {
        for (var end :
                Stream.of(JobStatus.values()).filter(JobStatus::isTerminal).toList()) {
            var over = fold(ACCEPTED, event("embedded", end, 20, BROKEN));
            for (var late : JobStatus.values()) {
                var after = JobFold.fold(over, event("indexed", late, 60));
                assertThat(after).as("%s after %s", late, end).isEqualTo(over);
            }
        }
    }

    @Test
    void namesTheLastLineByTheOutcomeWhenTheJobDidNotSucceed() {
        var dead = fold(ACCEPTED, event("embedded", DEAD, 20, BROKEN));

        assertThat(dead.stages()).extracting(Job.Stage::stage).containsExactly("accepted", "dead");
        assertThat(dead.error()).isEqualTo(BROKEN);
        assertThat(fold(ACCEPTED, event("indexed", SUPERSEDED, 20)).error()).isNull();
    }

    @Test
    void completesTheHistoryOfAnEndedJobWithOlderEvents() {
        var job = fold(EMBEDDED, INDEXED, ACCEPTED);

        assertThat(job.createdAt()).isEqualTo(START);
        assertThat(job.updatedAt()).isEqualTo(INDEXED.at());
        assertThat(job.stages()).extracting(Job.Stage::stage).containsExactly("accepted", "embedded", "indexed");
    }

    @Test
    void foldsCountsByTheLargest() {
        var job = fold(
                counted(Map.of("rows", 10L, "bad", 3L), 1),
                counted(Map.of("rows", 5L), 2),
                counted(Map.of("rows", 12L, "bad", 1L), 3));

        assertThat(job.counts()).isEqualTo(Map.of("rows", 12L, "bad", 3L));
    }

    @Test
    void takesSubjectAndVersionFromTheEventThatHasThem() {
        var blank = JobEvent.step("j-1", "product", "embedded", START);

        var job = fold(blank, ACCEPTED);
        assertThat(job.subject()).isEqualTo("p-1");
        assertThat(job.version()).isEqualTo(7);
        assertThat(fold(ACCEPTED, blank)).extracting(Job::subject, Job::version).containsExactly("p-1", 7L);
    }

    @Test
    void isOneSucceededJobWhenItsProductWasWrittenTwice() {
        var embeddedAgain = version("embedded", PROCESSING, 40, 8);
        var overtaken = version("indexed", SUPERSEDED, 50, 7);
        var indexed = version("indexed", SUCCEEDED, 60, 8);

        assertThat(fold(EMBEDDED, embeddedAgain, overtaken, indexed).status()).isEqualTo(SUCCEEDED);
        assertThat(fold(EMBEDDED, overtaken, indexed).status()).isEqualTo(SUCCEEDED);
        assertThat(fold(EMBEDDED, overtaken, INDEXED).status()).isEqualTo(SUPERSEDED);
        assertThat(fold(INDEXED, version("queued", QUEUED, 70, 8), indexed).status())
                .isEqualTo(SUCCEEDED);
    }

    @Test
    void keepsTheFirstFingerprint() {
        assertThat(fold(EMBEDDED, sent("one"), sent("two"), INDEXED).fingerprint())
                .isEqualTo("one");
        assertThat(fold(INDEXED, sent("one")).fingerprint()).isEqualTo("one");
    }

    @Test
    void keepsAFingerprintThatComesAfterTheEnd() {
        var over = fold(EMBEDDED, INDEXED);
        var late = JobFold.fold(over, sent("one", 90));

        assertThat(late.fingerprint()).isEqualTo("one");
        assertThat(late.stages()).isEqualTo(over.stages());
        assertThat(late.updatedAt()).isEqualTo(over.updatedAt());
        assertThat(JobFold.fold(late, sent("two", 95)).fingerprint()).isEqualTo("one");
    }

    @Test
    void keepsTheFirstOwnerWheneverItComes() {
        var owned = version("accepted", QUEUED, 0, 7).withOwner("ada");
        var byAnother = version("embedded", PROCESSING, 10, 7).withOwner("bob");

        assertThat(fold(owned, byAnother, INDEXED).owner()).isEqualTo("ada");
        assertThat(fold(EMBEDDED, owned).owner()).isEqualTo("ada");
        assertThat(fold(INDEXED, owned).owner()).isEqualTo("ada");
        assertThat(JobFold.fold(
                                fold(INDEXED),
                                version("accepted", QUEUED, 90, 7).withOwner("ada"))
                        .owner())
                .isEqualTo("ada");
        assertThat(fold(EMBEDDED, INDEXED).owner()).isNull();
    }

    private static JobEvent sent(String fingerprint) {
        return sent(fingerprint, 0);
    }

    private static JobEvent sent(String fingerprint, long millis) {
        var at = START.plusMillis(millis);
        return JobEvent.queued("j-1", "product", at)
                .withSubject("p-1")
                .withVersion(7L)
                .withFingerprint(fingerprint);
    }

    private static JobEvent version(String stage, JobStatus outcome, long millis, long version) {
        return event(stage, outcome, millis).withVersion(version);
    }

    private static Job fold(JobEvent first, JobEvent... more) {
        var job = JobFold.fold(null, first);
        for (var event : more) {
            job = JobFold.fold(job, event);
        }
        return job;
    }

    private static JobEvent event(String stage, JobStatus outcome, long millis) {
        return JobEvent.of("j-1", "product", stage, outcome, START.plusMillis(millis))
                .withSubject("p-1")
                .withVersion(7L);
    }

    private static JobEvent event(String stage, JobStatus outcome, long millis, JobError error) {
        return event(stage, outcome, millis).withError(error);
    }

    private static JobEvent counted(Map<String, Long> counts, long millis) {
        return JobEvent.step("j-1", "import", "parsed", START.plusMillis(millis))
                .withCounts(counts);
    }
}
