package io.sluice.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that the services need on one machine: a Kafka broker, Postgres, an S3 store, and stand-ins for Qdrant
 * and Rekognition. All keep their data in one folder, which only one stack may use at a time.
 */
public final class Stack implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Stack.class);

    private static final List<Part> PARTS = List.of(Part.KAFKA, Part.POSTGRES, Part.S3, Part.QDRANT, Part.REKOGNITION);

    private final DataDirLock lock;
    private final Path dataDir;
    private final List<AutoCloseable> parts;
    private final Endpoints endpoints;

    private Stack(DataDirLock lock, Path dataDir, List<AutoCloseable> parts, Endpoints endpoints) {
        this.lock = lock;
        this.dataDir = dataDir;
        this.parts = parts;
        this.endpoints = endpoints;
    }

    /**
     * Starts all parts at the same time and returns when they accept requests.
     *
     * @param neighbors parts that the caller will start later; their ports are also checked before anything starts
     * @throws StackException when a part cannot start; then no part is left running
     */
    public static Stack start(StackConfig config, Part... neighbors) {
        var dataDir = config.dataDir();
        var lock = DataDirLock.acquire(dataDir);
        try {
            Endpoints.delete(dataDir); // those of a killed stack lead nowhere
            Postmaster.of(dataDir.resolve("postgres/data")).ifPresent(Postmaster::stop);
            Stream.concat(PARTS.stream(), Stream.of(neighbors))
                    .forEach(part -> part.claim(config.bind(), config.port(part)));
            return startParts(config, lock);
        } catch (RuntimeException | Error e) {
            close(lock);
            throw e;
        }
    }

    private static Stack startParts(StackConfig config, DataDirLock lock) {
        var dir = config.dataDir();
        var bind = config.bind();
        Future<LocalBroker> kafka;
        Future<LocalPostgres> postgres;
        Future<LocalObjectStore> s3;
        Future<LocalVectorStore> qdrant;
        Future<LocalFaceService> rekognition;
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("stack-", 1).factory())) {
            kafka = start(threads, Part.KAFKA, port -> LocalBroker.start(dir.resolve("kafka"), bind, port), config);
            postgres = start(
                    threads,
                    Part.POSTGRES,
                    port -> LocalPostgres.start(
                            dir.resolve("postgres"),
                            dir.resolve("postgres/bin"),
                            bind,
                            port,
                            config.postgresConnections()),
                    config);
            s3 = start(threads, Part.S3, port -> LocalObjectStore.start(dir.resolve("s3"), bind, port), config);
            qdrant = start(
                    threads,
                    Part.QDRANT,
                    port -> LocalVectorStore.start(dir.resolve("qdrant"), bind, port, config.qdrantApiKey()),
                    config);
            rekognition = start(
                    threads,
                    Part.REKOGNITION,
                    port -> LocalFaceService.start(
                            dir.resolve("rekognition"), bind, port, () -> addressOf(s3), config.faceModels()),
                    config);
        } // close() waits for all of them
        var parts = startedOrNone(List.of(kafka, postgres, s3, qdrant, rekognition));
        var endpoints = new Endpoints(Map.of())
                .with(Endpoints.KAFKA, kafka.resultNow().bootstrapServers())
                .with(Endpoints.POSTGRES, postgres.resultNow().jdbcUrl())
                .with(Endpoints.S3, s3.resultNow().url())
                .with(Endpoints.QDRANT, qdrant.resultNow().url())
                .with(Endpoints.REKOGNITION, rekognition.resultNow().url());
        return new Stack(lock, dir, parts, endpoints);
    }

    /** {@return the address of the object store once it has started} */
    private static Optional<URI> addressOf(Future<LocalObjectStore> s3) {
        return s3.state() == Future.State.SUCCESS
                ? Optional.of(URI.create(s3.resultNow().url()))
                : Optional.empty();
    }

    private interface Starter<T> {
        T on(int port);
    }

    private static <T> Future<T> start(ExecutorService threads, Part part, Starter<T> starter, StackConfig config) {
        Callable<T> timed = () -> {
            var began = System.nanoTime();
            var started = starter.on(config.port(part));
            log.atInfo()
                    .addKeyValue("part", part)
                    .addKeyValue("took_ms", (System.nanoTime() - began) / 1_000_000)
                    .log("Started a part of the stack");
            return started;
        };
        return threads.submit(timed);
    }

    private static List<AutoCloseable> startedOrNone(List<Future<? extends AutoCloseable>> futures) {
        var started = futures.stream()
                .filter(future -> future.state() == Future.State.SUCCESS)
                .<AutoCloseable>map(Future::resultNow)
                .toList();
        if (started.size() == futures.size()) {
            return started;
        }
        started.reversed().forEach(Stack::close);
        var failure = futures.stream()
                .filter(future -> future.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .findFirst();
        throw failure.filter(StackException.class::isInstance)
                .map(StackException.class::cast)
                .orElseGet(() -> new StackException(
                        "The stack did not start (%s)"
                                .formatted(failure.map(Throwable::toString).orElse("interrupted")),
                        failure.orElse(null)));
    }

    /** {@return the addresses of its parts, without those of the services} */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** {@return the folder that holds all state} */
    public Path dataDir() {
        return dataDir;
    }

    /** Stops the parts, with all their data on disk, and releases the folder. */
    @Override
    public void close() {
        Endpoints.delete(dataDir);
        parts.reversed().forEach(Stack::close);
        close(lock);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // one part that fails to stop must not keep the others running
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .log("A part of the stack did not stop cleanly");
        }
    }
}
