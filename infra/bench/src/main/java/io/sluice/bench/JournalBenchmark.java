package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.control.Pauses;
import io.sluice.runtime.engine.CarefulMode;
import io.sluice.runtime.engine.PipelineAssembly;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.Brokers;
import io.sluice.runtime.kafka.ClientIds;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.runtime.run.ProcessorRuntime;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stack.LocalBroker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Measures what the notes in the offset commits cost. A pipeline whose records cost nothing runs over a broker in this
 * process, in turns with the notes and without: without them, the consumer drops the metadata of each commit. The cost
 * of a whole record in the engine is an upper bound of all that the journal does.
 */
final class JournalBenchmark implements Benchmark {
    /** As in the embedder. */
    private static final int BATCH = 32;

    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 5;
    private static final double SHARE_OF_PRODUCT = 0.02;
    /** Processor time of a product with a picture, from the benchmark of products. */
    private static final double PRODUCT_MS = 108;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public String description() {
        return "the notes in offset commits, with records that cost nothing";
    }

    /** What one run cost. */
    private record Cost(double perSecond, double cpuMicros) {}

    private record Turn(Cost with, Cost without) {}

    @Override
    public void run(Session session) throws Exception {
        var records = session.count(40_000, 2_000);
        try (var broker = LocalBroker.start(session.folder().resolve("kafka"));
                var lab = new Lab(broker.bootstrapServers(), records)) {
            for (var warmUp = 0; warmUp < session.count(3, 1); warmUp++) {
                lab.turn(session);
            }
            var rounds = session.rounds("with and without notes", ROUNDS, () -> lab.turn(session));
            session.add(
                    rounds.figure("with notes", "records/s", turn -> turn.with().perSecond()));
            session.add(rounds.figure(
                    "without notes", "records/s", turn -> turn.without().perSecond()));
            session.add(rounds.figure(
                    "with notes, processor time a record",
                    "us",
                    turn -> turn.with().cpuMicros()));
            session.add(rounds.figure(
                    "without notes, processor time a record",
                    "us",
                    turn -> turn.without().cpuMicros()));
            var differences = new Samples();
            var bounds = new Samples();
            for (var turn : rounds.results()) {
                differences.add((turn.with().cpuMicros() - turn.without().cpuMicros()) / (PRODUCT_MS * 1_000));
                bounds.add(turn.with().cpuMicros() / (PRODUCT_MS * 1_000));
            }
            session.add(Figure.of("the notes, of a product's processor time", "", differences, rounds.foreign())
                    .atMost(SHARE_OF_PRODUCT));
            session.add(Figure.of(
                            "all of the engine and broker, of a product's processor time", "", bounds, rounds.foreign())
                    .atMost(SHARE_OF_PRODUCT));
            session.note(
                    "%d records on %d partitions, batches of %d, two consumer threads, the broker in the same process; a product with a picture takes %.0f ms (`bench products`)."
                            .formatted(records, PARTITIONS, BATCH, PRODUCT_MS));
        }
    }

    private static final class Lab implements AutoCloseable {
        private final KafkaSettings settings;
        private final int records;
        private final TopicNames names = new TopicNames("");
        private final SluiceConfig config;
        private final Admin admin;
        private int runs;

        Lab(String servers, int records) throws Exception {
            this.settings = KafkaSettings.of(servers);
            this.records = records;
            var defaults = SluiceConfig.ofDefaults();
            this.config =
                    new SluiceConfig(PARTITIONS, 1, "", 1, defaults.index(), 2, defaults.dataDir(), defaults.bind());
            this.admin = Admin.create(settings.admin());
            plan().ensure(Topics.PRODUCTS);
            publish();
        }

        private TopicPlan plan() {
            return new TopicPlan(
                    new Brokers(() -> admin, settings.bootstrapServers(), Duration.ofSeconds(30)),
                    names,
                    PARTITIONS,
                    1);
        }

        private void publish() {
            var codec = new JsonCodec();
            try (var producer = new KafkaProducer<byte[], byte[]>(settings.producer())) {
                for (var i = 0; i < records; i++) {
                    var id = "p-" + i;
                    var product = new ProductSaved(id, "A lamp", "It is red.", new Metadata(Map.of()), null);
                    var unused = producer.send(
                            new ProducerRecord<>(names.of(Topics.PRODUCTS), id.getBytes(UTF_8), codec.encode(product)));
                }
            }
        }

        /** Each way is first in every other turn, because the second has a warmer machine. */
        Turn turn(Session session) throws Exception {
            if (runs++ % 2 == 0) {
                var with = cost(session, true);
                return new Turn(with, cost(session, false));
            }
            var without = cost(session, false);
            return new Turn(cost(session, true), without);
        }

        private Cost cost(Session session, boolean withNotes) throws Exception {
            var group = "journal-" + runs + (withNotes ? "-with" : "-without");
            var began = System.nanoTime();
            var cpu = session.processorSeconds(() -> handleAll(group, withNotes));
            var seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;
            return new Cost(records / seconds, cpu * 1e6 / records);
        }

        private void handleAll(String group, boolean withNotes) throws InterruptedException {
            var pipeline = Pipeline.named("journal")
                    .inGroup(group)
                    .from(Topics.PRODUCTS)
                    .inBatchesOf(BATCH)
                    .reports("product", "read") // no record has a job, so nothing is reported
                    .handledBy(batch -> Collections.nCopies(batch.size(), Outcome.done()), RetryPolicy.inPlace());
            Consumers consumers = spec -> {
                var consumer = new KafkaConsumer<byte[], byte[]>(
                        settings.consumer(spec, new ClientIds(group).of(spec.work())));
                return withNotes ? consumer : withoutNotes(consumer);
            };
            try (var writer = new KafkaWriter(new KafkaProducer<>(settings.producer()))) {
                var assembly = new PipelineAssembly(
                        config,
                        consumers,
                        writer,
                        new JsonCodec(),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC(),
                        new CarefulMode());
                try (var running = new ProcessorRuntime(assembly, plan(), Pauses.none()).start(pipeline)) {
                    while (running.finished() < records) {
                        TimeUnit.MILLISECONDS.sleep(5);
                    }
                }
            }
        }

        @Override
        public void close() {
            admin.close();
        }
    }

    /** {@return the consumer, which commits offsets without metadata} */
    @SuppressWarnings("unchecked") // a proxy has no type arguments
    private static Consumer<byte[], byte[]> withoutNotes(Consumer<byte[], byte[]> consumer) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                JournalBenchmark.class.getClassLoader(), new Class<?>[] {Consumer.class}, (self, method, args) -> {
                    if (method.getName().equals("commitSync") && args[0] instanceof Map<?, ?> offsets) {
                        var bare = new HashMap<Object, Object>();
                        offsets.forEach((partition, commit) ->
                                bare.put(partition, new OffsetAndMetadata(((OffsetAndMetadata) commit).offset())));
                        args[0] = bare;
                    }
                    try {
                        return method.invoke(consumer, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
