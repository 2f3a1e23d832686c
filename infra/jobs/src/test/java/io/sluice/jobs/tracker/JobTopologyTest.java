package io.sluice.jobs.tracker;

import static io.sluice.schemas.job.JobStatus.PROCESSING;
import static io.sluice.schemas.job.JobStatus.QUEUED;
import static io.sluice.schemas.job.JobStatus.SUCCEEDED;
import static io.sluice.schemas.job.JobStatus.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.fold.JobFold;
import io.sluice.jobs.store.JobStore;
import io.sluice.jobs.superseding.OpenJobIndex;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTopologyTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path dir;

    private final JsonSerdes json = new JsonSerdes(new JsonCodec());
    private final JobStore store = new JobStore();
    private final JobBoard board = new JobBoard(1_000, store::find);
    private TopologyTestDriver driver;
    private TestInputTopic<String, JobEvent> events;
    private TestInputTopic<String, byte[]> bytes;
    private TestOutputTopic<String, Job> jobs;
    private TestOutputTopic<String, JobEvent> newEvents;

    @BeforeEach
    void start() {
        var topology = new JobTopology(new JsonCodec(), Clock.fixed(START, ZoneOffset.UTC), store, board)
                .build(name -> "t." + name);
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        driver = new TopologyTestDriver(topology, properties, START);
        var serde = json.of(JobEvent.class);
        events = driver.createInputTopic("t.job-events.v1", new StringSerializer(), serde.serializer());
        bytes = driver.createInputTopic(
                "t.job-events.v1", new StringSerializer(), Serdes.ByteArray().serializer());
        jobs = driver.createOutputTopic(
                "t.jobs.v1", new StringDeserializer(), json.of(Job.class).deserializer());
        newEvents = driver.createOutputTopic("t.job-events.v1", new StringDeserializer(), serde.deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void writesTheJobAfterEachOfItsEvents() {
        send("a", QUEUED, 1, 0);
        send("a", PROCESSING, 1, 10);

        assertThat(jobs.readKeyValuesToList())
                .extracting(kv -> kv.key + " " + kv.value.status())
                .containsExactly("a QUEUED", "a PROCESSING");
    }

    @Test
    void writesTheJobAgainForAnEventDeliveredAgain() {
        send("a", QUEUED, 1, 0);
        send("a", QUEUED, 1, 0);

        assertThat(jobs.readValuesToList()).hasSize(2).allMatch(job -> job.status() == QUEUED);
    }

    @Test
    void supersedesTheOpenJobsOfOlderVersionsOnceANewerOneIsIndexed() {
        send("old", PROCESSING, 1, 0);
        send("older", QUEUED, 0, 0);
        send("new", QUEUED, 2, 5);
        send("newer", QUEUED, 3, 6);
        assertThat(newEvents.isEmpty()).isTrue();

        send("new", SUCCEEDED, 2, 20);

        assertThat(newEvents.readKeyValuesToMap())
                .containsOnlyKeys("old", "older")
                .allSatisfy((id, event) -> assertThat(event.outcome()).isEqualTo(SUPERSEDED));
        assertThat(jobs.readKeyValuesToMap())
                .extractingFromEntries(
                        entry -> entry.getKey() + " " + entry.getValue().status())
                .containsExactlyInAnyOrder("old SUPERSEDED", "older SUPERSEDED", "new SUCCEEDED", "newer QUEUED");
    }

    @Test
    void writesAsMuchForTheThousandthJobOfAProductAsForTheFirst() {
        var changes = driver.createOutputTopic(
                "test-" + JobTopology.OPEN_JOBS + "-changelog", new StringDeserializer(), new ByteArrayDeserializer());
        IntStream.range(0, 1_000).forEach(i -> send("job-" + i, QUEUED, i, i));
        send("new", SUCCEEDED, 1_000, 2_000);

        assertThat(newEvents.readKeyValuesToMap()).hasSize(1_000);
        assertThat(changes.readKeyValuesToList())
                .hasSizeLessThan(10 * 1_000)
                .allSatisfy(change -> assertThat(change.value == null ? 0 : change.value.length)
                        .isLessThan(200));
        assertThat(openJobs()).isZero();
    }

    @Test
    void findsASupersededJobOnceUnlessTheSameJobAsksAgain() {
        var open = new OpenJobIndex(driver.getKeyValueStore(JobTopology.OPEN_JOBS), "product:p-1");
        open.update(JobFold.begin(event("old", "p-1", QUEUED, 1, 0)));
        var newer = JobFold.begin(event("new", "p-1", SUCCEEDED, 2, 0));
        var newest = JobFold.begin(event("newest", "p-1", SUCCEEDED, 3, 0));

        assertThat(open.supersededBy(newer))
                .extracting(OpenJobIndex.Entry::jobId)
                .containsExactly("old");
        assertThat(open.supersededBy(newest)).isEmpty();
        assertThat(open.supersededBy(newer))
                .extracting(OpenJobIndex.Entry::jobId)
                .containsExactly("old");
    }

    @Test
    void listsAJobByItsNewestVersionUntilItHasEnded() {
        send("a", QUEUED, 1, 0);
        send("a", QUEUED, 3, 5);
        send("b", SUCCEEDED, 2, 10);
        assertThat(newEvents.isEmpty()).isTrue();

        send("a", SUCCEEDED, 3, 20);
        assertThat(openJobs()).isZero();
    }

    @Test
    void doesNotConfuseProductsWhoseIdsBeginAlike() {
        events.pipeInput("other", event("other", "p-1v0000000000000000001", QUEUED, 1, 0));
        send("new", SUCCEEDED, 2, 20);

        assertThat(newEvents.isEmpty()).isTrue();
    }

    private int openJobs() {
        var count = 0;
        try (var all = driver.<String, OpenJobIndex.Entry>getKeyValueStore(JobTopology.OPEN_JOBS)
                .all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void doesNotTouchJobsOfOtherProducts() {
        events.pipeInput("other", event("other", "p-2", QUEUED, 1, 0));
        send("new", SUCCEEDED, 2, 20);

        assertThat(newEvents.isEmpty()).isTrue();
    }

    @Test
    void doesNotSupersedeAJobThatHasEnded() {
        send("old", SUCCEEDED, 1, 0);
        send("new", SUCCEEDED, 2, 20);

        assertThat(newEvents.isEmpty()).isTrue();
    }

    @Test
    void doesNotSupersedeBeforeTheNewerVersionHasSucceeded() {
        send("old", QUEUED, 1, 0);
        send("new", PROCESSING, 2, 20);

        assertThat(newEvents.isEmpty()).isTrue();
    }

    @Test
    void skipsAnUnreadableEvent() {
        bytes.pipeInput("a", new byte[] {'{'});
        send("a", QUEUED, 1, 0);

        assertThat(jobs.readValuesToList()).extracting(Job::jobId).containsExactly("a");
    }

    @Test
    void skipsRecordsWithoutAKeyOrAnEvent() {
        bytes.pipeInput("a", null);
        bytes.pipeInput("a", "null".getBytes(StandardCharsets.UTF_8));
        events.pipeInput(event("a", "p-1", QUEUED, 1, 0));
        send("b", QUEUED, 1, 0);

        assertThat(jobs.readKeyValuesToList()).extracting(kv -> kv.key).containsExactly("b");
    }

    @Test
    void deletesJobsThatHaveNotChangedForThirtyDays() {
        events.pipeInput(
                "ancient",
                event("ancient", "p-2", QUEUED, 1, -Duration.ofDays(31).toMillis()));
        send("recent", QUEUED, 1, 0);

        driver.advanceWallClockTime(Duration.ofHours(7));

        for (var name : List.of(JobTopology.JOBS, JobTopology.ALL_JOBS)) {
            var store = driver.<String, Job>getKeyValueStore(name);
            assertThat(store.get("ancient")).as(name).isNull();
            assertThat(store.get("recent")).as(name).isNotNull();
        }
        assertThat(jobs.readKeyValuesToMap()).containsEntry("ancient", null);
    }

    @Test
    void keepsJobsThatAnotherInstanceFolded() {
        var elsewhere = driver.createInputTopic(
                "t.jobs.v1", new StringSerializer(), json.of(Job.class).serializer());
        elsewhere.pipeInput("a", JobFold.begin(event("a", "p-1", SUCCEEDED, 1, 0)));

        assertThat(store.find("a")).isPresent();
        assertThat(board.find("a")).isPresent();

        elsewhere.pipeInput("a", (Job) null);

        assertThat(store.find("a")).isEmpty();
        assertThat(board.find("a")).isEmpty();
    }

    @Test
    void bringsEachFoldedJobToTheBoard() {
        var over = board.whenOver("a");
        send("a", QUEUED, 1, 0);
        assertThat(board.hasOpenJob("product", "p-1")).isTrue();

        send("a", SUCCEEDED, 1, 10);

        assertThat(over).isCompletedWithValueMatching(job -> job.status() == SUCCEEDED);
        assertThat(board.hasOpenJob("product", "p-1")).isFalse();
    }

    @Test
    void hasAFixedNameForEverythingSoThatAnUpgradeFindsItsState() {
        var topology = new JobTopology(new JsonCodec(), Clock.systemUTC(), store, board).build(name -> name);

        assertThat(topology.describe().toString())
                .doesNotContainPattern("[A-Z]+-[A-Z-]*[0-9]{10}")
                .containsSubsequence(
                        "Sub-topology: 0",
                        "stores: [jobs]",
                        "Sub-topology: 1 for global store",
                        "stores: [all-jobs]",
                        "Sub-topology: 2",
                        "topics: [jobs-by-subject-repartition]",
                        "stores: [open-jobs-by-version]");
    }

    private void send(String jobId, JobStatus outcome, long version, long millis) {
        events.pipeInput(jobId, event(jobId, "p-1", outcome, version, millis));
    }

    private static JobEvent event(String jobId, String subject, JobStatus outcome, long version, long millis) {
        return JobEvent.of(jobId, "product", "stage", outcome, START.plusMillis(millis))
                .withSubject(subject)
                .withVersion(version);
    }
}
