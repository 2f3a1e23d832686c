package io.sluice.local;

import io.sluice.local.access.AdminPassword;
import io.sluice.runtime.FacesConfig;
import io.sluice.stack.Endpoints;
import io.sluice.stack.Part;
import io.sluice.stack.Stack;
import io.sluice.stack.StackConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sluice on one machine: the local stack and all services that use it, in this JVM. */
public final class Up implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration ADMIN_WITHIN = Duration.ofSeconds(10);
    /** Enough for a laptop. Every partition costs start-up time. */
    private static final String LOCAL_PARTITIONS = "4";

    private final Stack stack;
    private final Services services;
    private final PipelineNotices notices;
    private final Endpoints endpoints;

    private Up(Stack stack, Services services, PipelineNotices notices, Endpoints endpoints) {
        this.stack = stack;
        this.services = services;
        this.notices = notices;
        this.endpoints = endpoints;
    }

    /**
     * Starts the stack and the services. Returns when every service accepts requests, whatever their pipelines
     * rest for, and {@code endpoints.json} is written.
     *
     * @param environment may set {@code SLUICE_PARTITIONS}, which is 4 otherwise, {@code SLUICE_OPEN_PRODUCERS}, which is
     *     true otherwise, {@code SLUICE_FACES}, which is on otherwise, and {@code SLUICE_JWT_SECRET}, which is generated
     *     otherwise
     * @param progress receives a sentence about each step and about the admin's password; an exception of it stops the start.
     *     Later it receives a line when a pipeline is suspended, stalled or paused, and when it runs again
     * @throws RuntimeException with a message for the user; everything that was started is stopped then
     */
    public static Up start(StackConfig config, Map<String, String> environment, Consumer<String> progress) {
        progress.accept("Starting Kafka, Postgres, the S3 store, and the stand-ins for Qdrant and Rekognition over "
                + config.dataDir());
        var isFirstStart = !JwtSecret.exists(config.dataDir());
        var faces = faces(environment);
        var wanted = Arrays.stream(Service.values())
                .filter(service -> service != Service.REKOGNIZER || faces.areOn())
                .toList();
        var stack = Stack.start(
                PostgresConnections.enoughFor(environment, config),
                wanted.stream().map(Service::part).toArray(Part[]::new));
        try {
            progress.accept("Starting " + sentence(wanted));
            var host = Part.reachable(config.bind());
            var ports = claim(config, wanted);
            var endpoints = stack.endpoints();
            for (var port : ports.entrySet()) {
                endpoints = endpoints.with(port.getKey().endpoint(), url(host, port.getValue()));
            }
            var shared = properties(config, environment, endpoints, ports);
            shared.put("sluice.faces", faces.faces());
            var services = Services.start(wanted, shared);
            try {
                awaitReady(host, ports);
                progress.accept(adminAdvice(URI.create(endpoints.get(Endpoints.HTTP)), config.dataDir(), isFirstStart));
                endpoints.write(config.dataDir());
                var notices = new PipelineNotices(services::pipelines, progress).start();
                return new Up(stack, services, notices, endpoints);
            } catch (RuntimeException | Error e) {
                services.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            stack.close();
            throw e;
        }
    }

    /** {@return the addresses of the stack and the services} */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** {@return the gateway's address} */
    public String url() {
        return endpoints.get(Endpoints.HTTP);
    }

    /** Stops the services, which finish their current batch, and then the stack. */
    @Override
    public void close() {
        notices.close();
        services.close();
        stack.close();
    }

    /**
     * The services' ports. All are chosen before the first service starts, because the services start at the same time
     * and need each other's addresses.
     */
    private static Map<Service, Integer> claim(StackConfig config, List<Service> services) {
        var ports = new EnumMap<Service, Integer>(Service.class);
        services.forEach(service ->
                ports.put(service, service.part().claim(config.bind(), config.port(service.part()))));
        return ports;
    }

    /** Here, faces are sent to a stand-in on this machine, so they are on unless the environment says otherwise. */
    private static FacesConfig faces(Map<String, String> environment) {
        var value = value(environment, "SLUICE_FACES", () -> "on");
        try {
            return new FacesConfig(value);
        } catch (IllegalArgumentException e) {
            throw new StartException("SLUICE_FACES must be on or off, is '" + value + "'");
        }
    }

    private static String sentence(List<Service> services) {
        var names = services.stream().map(service -> "the " + service.title()).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    private static Map<String, Object> properties(
            StackConfig config, Map<String, String> environment, Endpoints endpoints, Map<Service, Integer> ports) {
        var all = new LinkedHashMap<String, Object>();
        all.put("kafka.bootstrap.servers", endpoints.get(Endpoints.KAFKA));
        all.put("database.url", endpoints.get(Endpoints.POSTGRES));
        all.put("database.user", "postgres");
        all.put("s3.endpoint", endpoints.get(Endpoints.S3));
        all.put("qdrant.url", endpoints.get(Endpoints.QDRANT));
        if (config.qdrantApiKey() != null) {
            all.put("qdrant.api-key", config.qdrantApiKey());
        }
        all.put("embedder.url", endpoints.get(Endpoints.EMBEDDER));
        all.put("sluice.bind", config.bind());
        all.put("sluice.data-dir", config.dataDir().toString());
        all.put("sluice.partitions", value(environment, "SLUICE_PARTITIONS", () -> LOCAL_PARTITIONS));
        // callers of earlier versions have no token
        all.put("sluice.open-producers", value(environment, "SLUICE_OPEN_PRODUCERS", () -> "true"));
        all.put("sluice.jwt.secret", value(environment, "SLUICE_JWT_SECRET", () -> JwtSecret.of(config.dataDir())));
        all.put("rekognition.endpoint", endpoints.get(Endpoints.REKOGNITION));
        ports.forEach((service, port) -> all.put(service.portSetting(), port));
        return all;
    }

    private static String value(Map<String, String> environment, String variable, Supplier<String> orElse) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .orElseGet(orElse);
    }

    /** Tells where the admin's password is. On the first start, waits until the admin can sign in with it. */
    private static String adminAdvice(URI gateway, Path dataDir, boolean isFirstStart) {
        var file = AdminPassword.file(dataDir);
        if (isFirstStart) {
            AdminPassword.awaitSignIn(gateway, dataDir, ADMIN_WITHIN);
        }
        return Files.exists(file)
                ? "The first password of the user admin is in " + file
                : "There is no file %s; ./sluice users reset-admin gives admin a new password".formatted(file);
    }

    private static void awaitReady(String host, Map<Service, Integer> ports) {
        try (var readiness = new Readiness()) {
            ports.forEach((service, port) -> readiness.await(service, url(host, port), READY_WITHIN));
        }
    }

    private static String url(String host, int port) {
        return "http://%s:%d".formatted(host, port);
    }
}
