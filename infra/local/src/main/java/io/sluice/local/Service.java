package io.sluice.local;

import io.micronaut.context.ApplicationContext;
import io.sluice.embedder.Embedder;
import io.sluice.gateway.Gateway;
import io.sluice.importer.Importer;
import io.sluice.indexer.Indexer;
import io.sluice.rekognizer.Rekognizer;
import io.sluice.stack.Endpoints;
import io.sluice.stack.Part;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sluice's services, in the order in which they stop: the gateway first. */
public enum Service {
    GATEWAY(Part.HTTP),
    EMBEDDER(Part.EMBEDDER),
    REKOGNIZER(Part.REKOGNIZER),
    IMPORTER(Part.IMPORTER),
    INDEXER(Part.INDEXER);

    private final Part part;

    Service(Part part) {
        this.part = part;
    }

    /** {@return the service with this {@link #title}; empty when there is none} */
    public static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.title().equals(name))
                .findFirst();
    }

    /** {@return its name in lower case} */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the part of the stack's configuration that holds its HTTP port} */
    public Part part() {
        return part;
    }

    /** {@return the name of its address in {@code endpoints.json}} */
    String endpoint() {
        return this == GATEWAY ? Endpoints.HTTP : title();
    }

    /** {@return the setting of its HTTP port} */
    String portSetting() {
        return "sluice." + endpoint() + ".port";
    }

    /**
     * Starts the service and returns when it serves. Environment variables set what the properties do not.
     *
     * @param properties settings by their names, such as {@code kafka.bootstrap.servers}
     */
    public ApplicationContext start(Map<String, Object> properties) {
        return switch (this) {
            case GATEWAY -> Gateway.start(properties);
            case EMBEDDER -> Embedder.start(properties);
            case REKOGNIZER -> Rekognizer.start(properties);
            case IMPORTER -> Importer.start(properties);
            case INDEXER -> Indexer.start(properties);
        };
    }
}
