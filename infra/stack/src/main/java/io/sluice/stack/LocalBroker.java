package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this JVM. One node is both broker and KRaft controller, over one data folder. Acknowledged
 * records survive the death of the process. There is one replica, so a power cut can lose records that are still in the
 * page cache.
 *
 * <p>Kafka's server classes are public but not a supported API. This is the only class that uses them.
 */
public final class LocalBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final int port;

    private LocalBroker(KafkaRaftServer server, String host, int port) {
        this.server = server;
        this.bootstrapServers = host + ":" + port;
        this.port = port;
    }

    /** Starts a broker on a free port of the loopback address. */
    public static LocalBroker start(Path dataDir) {
        return start(dataDir, Map.of());
    }

    /**
     * Starts a broker on a free port of the loopback address, for tests.
     *
     * @param settings by Kafka's own names; they win over this class's own settings
     */
    public static LocalBroker start(Path dataDir, Map<String, String> settings) {
        return start(dataDir, Part.LOOPBACK, 0, settings);
    }

    /**
     * Starts a broker and returns when it accepts requests. That takes 2-3 s on a quiet machine, and a few seconds more
     * after a kill -9, because the dead broker's session has to expire.
     *
     * @param port 0 for any free port
     */
    public static LocalBroker start(Path dataDir, String bind, int port) {
        return start(dataDir, bind, port, Map.of());
    }

    private static LocalBroker start(Path dataDir, String bind, int port, Map<String, String> settings) {
        var listen = Part.KAFKA.claim(bind, port);
        var controller = Part.KAFKA.claim(Part.LOOPBACK, 0);
        try {
            Files.createDirectories(dataDir);
            format(dataDir);
            var properties = properties(dataDir, bind, listen, controller);
            properties.putAll(settings);
            var config = KafkaConfig.fromProps(properties);
            var server = new KafkaRaftServer(config, Time.SYSTEM);
            startOrStop(server);
            return new LocalBroker(server, Part.reachable(bind), listen);
        } catch (Exception e) {
            throw new StackException(
                    "Kafka did not start in %s (%s); the log has the details".formatted(dataDir, e), e);
        }
    }

    /** {@return {@code host:port} for clients on this machine} */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** {@return the port it listens on} */
    public int port() {
        return port;
    }

    /** Stops the broker cleanly, which makes the next start fast. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void startOrStop(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    private static void format(Path dir) throws Exception {
        try (var quiet = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(1)
                    .setClusterId(clusterId(dir))
                    .setIgnoreFormatted(true)
                    .setControllerListenerName("CONTROLLER")
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setMetadataLogDirectory(dir.toString())
                    .addDirectory(dir.toString())
                    .run();
        }
    }

    /** Returns the folder's cluster id, or a new one for a folder that was never formatted. */
    private static String clusterId(Path dir) throws IOException {
        var file = dir.resolve("meta.properties");
        if (!Files.exists(file)) {
            return Uuid.randomUuid().toString();
        }
        var meta = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            meta.load(in);
        }
        return meta.getProperty("cluster.id");
    }

    private static Properties properties(Path dir, String bind, int port, int controller) {
        var p = new Properties();
        p.put("node.id", "1");
        p.put("process.roles", "broker,controller");
        p.put("listeners", "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(bind, port, Part.LOOPBACK, controller));
        p.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(Part.reachable(bind), port));
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("controller.quorum.voters", "1@%s:%d".formatted(Part.LOOPBACK, controller));
        p.put("log.dirs", dir.toString());
        // one node: every internal topic has one replica and few partitions
        for (var topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "4");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("auto.create.topics.enable", "false");
        p.put("group.initial.rebalance.delay.ms", "0");
        // After a kill -9 the broker may register again only when its old session has expired. Shorter starts faster,
        // but a broker starved of processor time for this long is fenced until its next heartbeat.
        p.put("broker.session.timeout.ms", "6000");
        p.put("broker.heartbeat.interval.ms", "500");
        // a clean stop fences the broker at once, so the next start need not wait for the session to expire
        p.put("controlled.shutdown.enable", "true");
        // few threads and little memory, for a laptop
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "2");
        p.put("log.cleaner.dedupe.buffer.size", "8388608");
        p.put("metric.reporters", "");
        return p;
    }
}
