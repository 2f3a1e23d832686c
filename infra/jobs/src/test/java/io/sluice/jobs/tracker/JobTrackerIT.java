package io.sluice.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.events.JobEventTail;
import io.sluice.jobs.store.JobStore;
import io.sluice.jobs.superseding.OpenJobIndex;
import io.sluice.jobs.superseding.SupersedingProcessor;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ClientIds;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tracker with a real broker: what it knows after a start, whatever state it finds. */
class JobTrackerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    private final Instant start = Instant.now();
    private final JsonCodec codec = new JsonCodec();
    private final KafkaSettings kafka = TestStack.kafka().settings();
    private final TopicNames names = new TopicNames(TestStack.kafka().freshPrefix());
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Path dir = TestStack.newFolder("jobs");

    @BeforeEach
    void makeTopics() {
        new TopicPlan(TestStack.kafka().brokers(), names, PARTITIONS, 1).ensure(Topics.JOB_EVENTS, Topics.JOBS);
    }

    @Test
    void knowsEveryJobAfterARestartAlthoughTheTopicHasNoneLeft() throws Exception {
        try (var first = new Running()) {
            write(queued("open", "p-1"), queued("over", "p-2"), succeeded("over", "p-2"));
            first.awaitFolded(Map.of("open", JobStatus.QUEUED, "over", JobStatus.SUCCEEDED));
        }
        deleteAllOf(names.of(Topics.JOBS));
        deleteAllOf(names.of(Topics.JOB_EVENTS));

        try (var again = new Running()) {
            assertThat(again.board.hasOpenJob("product", "p-1")).isTrue();
            assertThat(again.board.hasOpenJob("product", "p-2")).isFalse();
            assertThat(again.board.find("over")).get().extracting(Job::status).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(again.board.open("product")).extracting(Job::jobId).containsExactly("open");
        }
    }

    @Test
    void hasEveryJobAfterACrashThatLeftTheDiskBehind() throws Exception {
        var crashed = TestStack.newFolder("crashed");
        try (var first = new Running()) {
            write(queued("early", "p-1"), queued("late", "p-2"));
            first.awaitFolded(Map.of("early", JobStatus.QUEUED, "late", JobStatus.QUEUED));
            copy(dir, crashed); // as after kill -9
            write(succeeded("early", "p-1"));
            first.awaitFolded(Map.of("early", JobStatus.SUCCEEDED));
        }
        dir = crashed;

        try (var again = new Running()) {
            assertThat(again.board.hasOpenJob("product", "p-1")).isFalse();
            assertThat(again.board.hasOpenJob("product", "p-2")).isTrue();
            write(succeeded("late", "p-2"));
            again.awaitFolded(Map.of("early", JobStatus.SUCCEEDED, "late", JobStatus.SUCCEEDED));
            assertThat(again.store.find("late").orElseThrow().stages()).hasSize(2);
        }
    }

    @Test
    void buildsTheStoreAgainWhenTheDiskIsLost() throws Exception {
        try (var first = new Running()) {
            write(queued("open", "p-1"), queued("over", "p-2"), succeeded("over", "p-2"));
            first.awaitFolded(Map.of("open", JobStatus.QUEUED, "over", JobStatus.SUCCEEDED));
        }
        dir = TestStack.newFolder("jobs");

        try (var again = new Running()) {
            assertThat(again.board.hasOpenJob("product", "p-1")).isTrue();
            assertThat(again.board.find("over")).get().extracting(Job::status).isEqualTo(JobStatus.SUCCEEDED);
            write(succeeded("open", "p-1"));
            again.awaitFolded(Map.of("open", JobStatus.SUCCEEDED));
            assertThat(again.store.find("open").orElseThrow().stages()).hasSize(2);
        }
    }

    @Test
    void continuesFromTheStateOfAnOlderTopology() throws Exception {
        var settings = new TrackerSettings(kafka, names, config(), new ClientIds("gateway"));
        var jobs = IntStream.range(0, 200).mapToObj(i -> "job-" + i).toList();
        try (var before = new KafkaStreams(topologyBefore(), settings.streams())) {
            before.start();
            write(jobs.stream().map(id -> queued(id, "of-" + id)).toArray(JobEvent[]::new));
            write(queued("old", "p-1"));
            await().atMost(PATIENCE).until(() -> folded() == jobs.size() + 1L);
        }
        deleteAllOf(names.of(Topics.JOBS));

        try (var now = new Running()) {
            assertThat(jobs).allSatisfy(id -> assertThat(now.store.find(id)).isPresent());
            assertThat(now.board.open("product")).hasSize(jobs.size() + 1);
            write(succeeded("job-1", "of-job-1"), succeeded("new", "p-1").withVersion(2L));
            now.awaitFolded(Map.of("job-1", JobStatus.SUCCEEDED, "old", JobStatus.SUPERSEDED));
            assertThat(now.store.find("job-1").orElseThrow().stages())
                    .as("the state folded before is there, not only the event")
                    .hasSize(2);
        }
    }

    @Test
    void foldsOntoTheBoardTheEventsThatTheTrackerHasNotFolded() throws Exception {
        write(queued("folded", "p-1"));
        var group = names.group("sluice-jobs");
        TestStack.kafka()
                .admin()
                .alterConsumerGroupOffsets(
                        group,
                        ends(names.of(Topics.JOB_EVENTS)).entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))))
                .all()
                .get();
        write(queued("waiting", "p-2"));
        var board = new JobBoard(1_000, id -> Optional.empty());
        var settings = new TrackerSettings(kafka, names, config(), new ClientIds("gateway"));

        try (var tail = new JobEventTail(() -> consumer(settings), settings.jobEvents(), codec, board)) {
            tail.locate();
            tail.start();
            await().atMost(PATIENCE).until(tail::isCaughtUp);

            assertThat(board.find("waiting")).isPresent();
            assertThat(board.find("folded")).isEmpty();
            write(succeeded("waiting", "p-2"));
            assertThat(board.whenOver("waiting")).succeedsWithin(PATIENCE);
            assertThat(members(group)).as("the tail never joins the group").isEmpty();
        }
    }

    @Test
    void leavesItsGroupWhenItClosesAndShowsItsMetrics() throws Exception {
        try (var running = new Running()) {
            write(queued("a", "p-1"));
            running.awaitFolded(Map.of("a", JobStatus.QUEUED));
            for (var client : List.of("kafka.stream.", "kafka.consumer.", "kafka.producer.")) {
                assertThat(meters.getMeters()).as(client).anyMatch(meter -> isOfTracker(meter.getId(), client));
            }
        }
        assertThat(members(names.group("sluice-jobs"))).isEmpty();
    }

    private static boolean isOfTracker(Meter.Id id, String client) {
        return id.getName().startsWith(client)
                && String.valueOf(id.getTag("client.id")).startsWith("gateway-jobs");
    }

    private static Collection<MemberDescription> members(String group) throws Exception {
        var groups = TestStack.kafka()
                .admin()
                .describeConsumerGroups(List.of(group))
                .all()
                .get();
        return groups.values().iterator().next().members();
    }

    /** A started tracker with its board. */
    private final class Running implements AutoCloseable {
        final JobStore store = new JobStore();
        final JobBoard board = new JobBoard(1_000, store::find);
        private final JobTracker tracker;

        Running() {
            var settings = new TrackerSettings(kafka, names, config(), new ClientIds("gateway"));
            var tail = new JobEventTail(() -> consumer(settings), settings.jobEvents(), codec, board);
            tracker = new JobTracker(settings, new JobTopology(codec, Clock.systemUTC(), store, board), tail, meters);
            tracker.start();
            await().atMost(PATIENCE).until(() -> tracker.isRunning() && tracker.isCaughtUp());
        }

        /** Waits until the tracker has folded these jobs, and jobs.v1 has brought them back to the disk. */
        void awaitFolded(Map<String, JobStatus> wanted) {
            wanted.forEach((id, status) -> await().alias(id + " " + status)
                    .atMost(PATIENCE)
                    .until(() ->
                            store.find(id).filter(job -> job.status() == status).isPresent()));
        }

        @Override
        public void close() {
            tracker.close();
        }
    }

    /** An older topology: its operators have no names, and its global store has no processor. */
    private Topology topologyBefore() {
        var json = new JsonSerdes(codec);
        var events = json.of(JobEvent.class);
        var jobs = json.of(Job.class);
        var builder = new StreamsBuilder();
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(JobTopology.JOBS), Serdes.String(), jobs)
                        .withCachingDisabled());
        Serde<OpenJobIndex.Entry> entries = json.of(OpenJobIndex.Entry.class);
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(JobTopology.OPEN_JOBS), Serdes.String(), entries)
                .withCachingDisabled());
        var folded = builder.stream(names.of(Topics.JOB_EVENTS), Consumed.with(Serdes.String(), events))
                .filter((id, event) -> id != null && event != null)
                .process(() -> new JobFoldProcessor(Clock.systemUTC(), JobTopology.KEPT), JobTopology.JOBS);
        folded.to(names.of(Topics.JOBS), Produced.with(Serdes.String(), jobs));
        builder.globalTable(
                names.of(Topics.JOBS),
                Consumed.with(Serdes.String(), jobs),
                Materialized.<String, Job>as(Stores.persistentKeyValueStore(JobTopology.ALL_JOBS))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(jobs)
                        .withCachingDisabled());
        folded.filter((id, job) -> job != null && job.subject() != null && job.version() != null)
                .selectKey((id, job) -> job.kind() + ":" + job.subject())
                .repartition(Repartitioned.with(Serdes.String(), jobs).withName("jobs-by-subject"))
                .process(
                        () -> new SupersedingProcessor(JobTopology.OPEN_JOBS, Clock.systemUTC()), JobTopology.OPEN_JOBS)
                .to(names.of(Topics.JOB_EVENTS), Produced.with(Serdes.String(), events));
        return builder.build();
    }

    private SluiceConfig config() {
        return new SluiceConfig(PARTITIONS, -1, names.prefix(), 1, "builtin-1", 1, dir, "127.0.0.1");
    }

    private JobEvent queued(String id, String subject) {
        return JobEvent.queued(id, "product", start).withSubject(subject).withVersion(1L);
    }

    private JobEvent succeeded(String id, String subject) {
        return JobEvent.succeeded(id, "product", "indexed", start.plusSeconds(1))
                .withSubject(subject)
                .withVersion(1L);
    }

    private void write(JobEvent... events) {
        TestStack.kafka()
                .write(Arrays.stream(events)
                        .map(event -> new ProducerRecord<>(
                                names.of(Topics.JOB_EVENTS), event.jobId().getBytes(UTF_8), codec.encode(event)))
                        .toList());
    }

    private long folded() {
        return ends(names.of(Topics.JOBS)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Consumer<byte[], byte[]> consumer(TrackerSettings settings) {
        return new KafkaConsumer<>(kafka.consumer(settings.jobEventConsumer(), "test-job-events"));
    }

    private void deleteAllOf(String topic) throws Exception {
        var all = ends(topic).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
        TestStack.kafka().admin().deleteRecords(all).all().get();
    }

    private Map<TopicPartition, Long> ends(String topic) {
        var latest = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            return TestStack.kafka().admin().listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, found -> found.getValue().offset()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
