package io.sluice.testkit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Progress;
import io.sluice.runtime.Received;
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
import io.sluice.schemas.product.ProductSaved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The sample pipeline in a JVM of its own, which it can end. The record {@value #HALTS} halts the JVM. The record
 * {@value #LONG} takes for ever and makes progress; the record {@value #HANGS} takes for ever and makes none.
 */
final class PipelineProcess implements AutoCloseable {
    static final String HALTS = "halts";
    static final String LONG = "long";
    static final String HANGS = "hangs";

    private final Process process;

    private PipelineProcess(Process process) {
        this.process = process;
    }

    static PipelineProcess start(PipelineLab lab) throws IOException {
        return new PipelineProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PipelineProcess.class.getName(),
                        lab.kafka().bootstrapServers(),
                        lab.names().prefix())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
    }

    /** Runs until it is ended. */
    public static void main(String[] args) throws InterruptedException {
        var settings = new KafkaSettings(
                Map.of("bootstrap.servers", args[0], "session.timeout.ms", 3_000, "heartbeat.interval.ms", 500));
        var ids = new ClientIds(args[1] + ProcessHandle.current().pid());
        Consumers consumers = spec -> new KafkaConsumer<>(settings.consumer(spec, ids.of(spec.work())));
        var writer = new KafkaWriter(new KafkaProducer<>(settings.producer()));
        var config = new SluiceConfig(1, -1, args[1], 1, "builtin-1", 1, Path.of(".sluice"), "127.0.0.1");
        var assembly = new PipelineAssembly(
                config,
                consumers,
                writer,
                new JsonCodec(),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                CarefulMode.ofThisProcess());
        var admin = Admin.create(settings.admin());
        var topics = new TopicPlan(
                new Brokers(() -> admin, args[0], Duration.ofSeconds(60)), new TopicNames(args[1]), 1, -1);
        var running = new ProcessorRuntime(assembly, topics, Pauses.none())
                .start(Pipelines.embedding(50, PipelineProcess::handle));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            writer.close();
        }));
        new CountDownLatch(1).await();
    }

    private static List<Outcome> handle(List<Received<ProductSaved>> batch) throws InterruptedException {
        for (var product : batch) {
            switch (product.key()) {
                case HALTS -> Runtime.getRuntime().halt(134);
                case LONG -> takeForEver(true);
                case HANGS -> takeForEver(false);
                default -> {}
            }
        }
        return Pipelines.embedAll(batch);
    }

    private static void takeForEver(boolean makesProgress) throws InterruptedException {
        while (true) {
            TimeUnit.MILLISECONDS.sleep(20); // stands for work
            if (makesProgress) {
                Progress.made();
            }
        }
    }
}
