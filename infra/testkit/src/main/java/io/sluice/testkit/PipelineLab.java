package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.control.Pauses;
import io.sluice.runtime.engine.CarefulMode;
import io.sluice.runtime.engine.PipelineAssembly;
import io.sluice.runtime.json.Decoded.Intact;
import io.sluice.runtime.json.Decoded.Unreadable;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ClientIds;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.runtime.run.ProcessorRuntime;
import io.sluice.runtime.run.RunningPipeline;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.wire.Headers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A separate deployment on the shared broker, in which a test runs pipelines, writes records for them, and reads what
 * they write.
 */
public final class PipelineLab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKafka kafka;
    private final TopicNames names;
    private final SluiceConfig config;
    private final JsonCodec codec = new JsonCodec();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger instances = new AtomicInteger();
    private final List<Runnable> closers = new ArrayList<>();

    private PipelineLab(TestKafka kafka, String prefix, int partitions) {
        this.kafka = kafka;
        this.names = new TopicNames(prefix);
        this.config = new SluiceConfig(partitions, -1, prefix, 1, "builtin-1", 1, Path.of(".sluice"), "127.0.0.1");
    }

    /** Opens a lab whose topics have this many partitions. */
    public static PipelineLab open(int partitions) {
        var kafka = TestStack.kafka();
        return new PipelineLab(kafka, kafka.freshPrefix(), partitions);
    }

    /** Starts an instance of the pipeline, like one more process. */
    public RunningPipeline start(Pipeline<?> pipeline) {
        return start(pipeline, UnaryOperator.identity());
    }

    /** Starts an instance with a wrapped producer, so that a test can disturb what it writes. */
    public RunningPipeline start(Pipeline<?> pipeline, UnaryOperator<Producer<byte[], byte[]>> wrap) {
        var given = new HashMap<>(kafka.settings().given());
        given.put("session.timeout.ms", 3_000); // so that a crash is detected soon
        given.put("heartbeat.interval.ms", 500);
        var settings = new KafkaSettings(given);
        var writer = new KafkaWriter(wrap.apply(new KafkaProducer<>(settings.producer())));
        var ids = new ClientIds(names.prefix() + instances.incrementAndGet());
        Consumers consumers = spec -> new KafkaConsumer<>(settings.consumer(spec, ids.of(spec.work())));
        var assembly =
                new PipelineAssembly(config, consumers, writer, codec, meters, Clock.systemUTC(), new CarefulMode());
        var runtime = new ProcessorRuntime(assembly, plan(), Pauses.none());
        closers.add(writer::close);
        var running = runtime.start(pipeline);
        closers.add(running::close);
        return running;
    }

    /** Creates topics before a pipeline needs them. */
    public void create(Topic<?>... topics) {
        plan().ensure(topics);
    }

    /** Publishes an event like the gateway. */
    public <E extends EntityEvent> void publish(Topic<E> topic, E event, @Nullable String jobId) {
        write(topic, event.key(), new String(codec.encode(event), UTF_8), jobId);
    }

    /** Publishes any text as a value; null deletes the entity. */
    public void write(Topic<?> topic, String key, @Nullable String value, @Nullable String jobId) {
        kafka.write(names.of(topic), key, value, jobId == null ? Map.of() : Map.of(Headers.JOB_ID, jobId));
    }

    /** {@return the records of a topic} */
    public List<ConsumerRecord<byte[], byte[]>> read(Topic<?> topic) {
        return kafka.read(names.of(topic));
    }

    /** {@return the events of a topic, without its tombstones} */
    public <E extends Event> List<E> events(Topic<E> topic) {
        return read(topic).stream()
                .filter(message -> message.value() != null)
                .map(message -> switch (codec.decode(topic.type(), message.value())) {
                    case Intact<E>(var event) -> event;
                    case Unreadable<E>(var failure) -> throw new AssertionError(failure.detail());
                })
                .toList();
    }

    /** {@return the reports about a job, as {@code stage:outcome}, in order} */
    public List<String> reports(String jobId) {
        return reports().getOrDefault(jobId, List.of());
    }

    /** {@return the reports about every job, as {@code stage:outcome}, in order} */
    public Map<String, List<String>> reports() {
        return events(Topics.JOB_EVENTS).stream()
                .collect(groupingBy(JobEvent::jobId, mapping(PipelineLab::words, toList())));
    }

    private static String words(JobEvent event) {
        return event.stage() + ":" + event.outcome().wireName();
    }

    /** {@return the dead letters of a pipeline} */
    public List<ConsumerRecord<byte[], byte[]>> deadLetters(Pipeline<?> pipeline) {
        return kafka.read(names.deadLetters(pipeline.source().topic(), pipeline.name()));
    }

    /** {@return the records of a retry topic of a pipeline, those that have been handled too} */
    public List<ConsumerRecord<byte[], byte[]>> retries(Pipeline<?> pipeline, String tier) {
        return kafka.read(names.of(pipeline.retryTopic(tier)));
    }

    /** {@return how many records of its source the pipeline's group has not committed} */
    public long lag(Pipeline<?> pipeline) {
        return kafka.lag(names.group(pipeline.group()), names.of(pipeline.source()));
    }

    /** {@return how many records of the pipeline wait in its retry topics} */
    public long waiting(Pipeline<?> pipeline) {
        return pipeline.retryTopics().stream()
                .mapToLong(topic -> kafka.lag(names.group(pipeline.group()), names.of(topic)))
                .sum();
    }

    /** {@return what the pipeline's group has committed, of every partition} */
    public Collection<OffsetAndMetadata> committed(Pipeline<?> pipeline) {
        return kafka.committed(names.group(pipeline.group())).values();
    }

    /** Waits until the group of the pipeline has committed all records of its source and of its retry topics. */
    public void awaitDrained(Pipeline<?> pipeline) {
        // in this order: a record leaves the source when it is in a retry topic
        await().until(() -> lag(pipeline) == 0 && waiting(pipeline) == 0);
    }

    /** {@return a wait that is long enough for a loaded machine} */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    /** {@return the names of topics and groups in this deployment} */
    public TopicNames names() {
        return names;
    }

    /** {@return the broker} */
    public TestKafka kafka() {
        return kafka;
    }

    /** {@return the metrics of all pipelines in this lab} */
    public SimpleMeterRegistry meters() {
        return meters;
    }

    /** Stops the pipelines that still run, the last one first. */
    @Override
    public void close() {
        closers.reversed().forEach(Runnable::run);
    }

    private TopicPlan plan() {
        return new TopicPlan(kafka.brokers(), names, config.partitions(), -1);
    }
}
