package io.sluice.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A part of the local deployment that listens on a port, with the environment variable of the port and its default. */
public enum Part {
    HTTP("the HTTP gateway", "SLUICE_HTTP_PORT", 8080),
    EMBEDDER("the embedder", "SLUICE_EMBEDDER_PORT", 8081),
    /** Serves health and metrics only, so any free port will do. */
    REKOGNIZER("the rekognizer", "SLUICE_REKOGNIZER_PORT", 0),
    /** Serves health and metrics only, so any free port will do. */
    IMPORTER("the importer", "SLUICE_IMPORTER_PORT", 0),
    /** Serves health and metrics only, so any free port will do. */
    INDEXER("the indexer", "SLUICE_INDEXER_PORT", 0),
    KAFKA("Kafka", "SLUICE_KAFKA_PORT", 9092),
    POSTGRES("Postgres", "SLUICE_POSTGRES_PORT", 5433),
    S3("the S3 store", "SLUICE_S3_PORT", 9000),
    QDRANT("the Qdrant stand-in", "SLUICE_QDRANT_PORT", 6334),
    REKOGNITION("the Rekognition stand-in", "SLUICE_REKOGNITION_PORT", 9070);

    /** The address that all parts listen on unless {@code SLUICE_BIND} is set. */
    public static final String LOOPBACK = "127.0.0.1";

    private final String title;
    private final String variable;
    private final int defaultPort;

    Part(String title, String variable, int defaultPort) {
        this.title = title;
        this.variable = variable;
        this.defaultPort = defaultPort;
    }

    /** {@return its name in messages for the user} */
    public String title() {
        return title;
    }

    /** {@return the environment variable that names its port} */
    public String variable() {
        return variable;
    }

    /** {@return its port when the variable is not set; 0 for any free port} */
    public int defaultPort() {
        return defaultPort;
    }

    /**
     * Checks that no program listens on a port yet. Another program may still take the port a moment later; then the
     * part fails with an error of its own.
     *
     * @param port 0 for any free port
     * @return the port to use
     * @throws StackException when the port is taken
     */
    public int claim(String bind, int port) {
        try (var probe = new ServerSocket()) {
            var address = new InetSocketAddress(bind, port);
            if (address.isUnresolved()) {
                throw new StackException("SLUICE_BIND=%s is not an address of this machine".formatted(bind));
            }
            probe.setReuseAddress(true);
            probe.bind(address);
            return probe.getLocalPort();
        } catch (IOException e) {
            throw busy(port, e);
        }
    }

    StackException busy(int port, Throwable cause) {
        if (!String.valueOf(cause.getMessage()).contains("in use")) {
            return new StackException(
                    "%s cannot listen on port %d: %s; see SLUICE_BIND and %s"
                            .formatted(title, port, cause.getMessage(), variable),
                    cause);
        }
        return new StackException(
                "Port %d for %s is taken (%s): stop the program that has it, or set %s to a free port"
                        .formatted(port, title, cause.getMessage(), variable),
                cause);
    }

    /** {@return the address at which a client on this machine reaches a server that is bound to {@code bind}} */
    public static String reachable(String bind) {
        return bind.equals("0.0.0.0") || bind.equals("::") ? LOOPBACK : bind;
    }
}
