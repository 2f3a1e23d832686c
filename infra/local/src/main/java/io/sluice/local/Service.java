package io.sluice.local;

import io.micronaut.context.ApplicationContext;
import io.sluice.embedder.Embedder;
import io.sluice.gateway.Gateway;
import io.sluice.importer.Importer;
import io.sluice.indexer.Indexer;
import io.sluice.stack.Part;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The services there are, in the direction of the stream, and how each is started. */
public enum Service {
    GATEWAY(Part.HTTP),
    EMBEDDER(Part.EMBEDDER),
    IMPORTER(Part.IMPORTER),
    INDEXER(Part.INDEXER);

    private final Part part;

    Service(Part part) {
        this.part = part;
    }

    /** {@return the service of this name, as {@link #title} spells it} */
    public static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.title().equals(name))
                .findFirst();
    }

    /** {@return its name in lower case} */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what its HTTP port is called} */
    public Part part() {
        return part;
    }

    /**
     * Starts it and returns when it serves; environment variables fill in what the properties do not say.
     *
     * @param properties by the names of the configuration, such as {@code kafka.bootstrap.servers}
     */
    public ApplicationContext start(Map<String, Object> properties) {
        return switch (this) {
            case GATEWAY -> Gateway.start(properties);
            case EMBEDDER -> Embedder.start(properties);
            case IMPORTER -> Importer.start(properties);
            case INDEXER -> Indexer.start(properties);
        };
    }
}
