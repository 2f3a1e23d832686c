package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.runtime.process.ProcessEnvironment;
import io.sluice.schemas.text.VisibleLines;
import io.sluice.stack.Endpoints;
import io.sluice.stack.StackConfig;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The environment variables and the three standard streams that a verb is called with. */
public record CommandContext(Map<String, String> environment, InputStream in, VisibleLines out, VisibleLines err) {
    private static final String KAFKA_PREFIX = "KAFKA_";

    public CommandContext {
        environment = Map.copyOf(environment);
    }

    public CommandContext(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        this(environment, in, new VisibleLines(out), new VisibleLines(err));
    }

    /**
     * Returns the environment and the streams of this process. The environment has also the variables of an {@code .env}
     * file.
     *
     * @throws io.sluice.runtime.process.EnvironmentFileException when that file cannot be read
     */
    public static CommandContext ofThisProcess() {
        // UTF-8 in every locale: product names are in every script
        return new CommandContext(
                ProcessEnvironment.read().variables(),
                System.in,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }

    /** Prints one line to standard output. */
    public void printLine(String line) {
        out.println(line);
    }

    /** Prints one line to standard error. */
    public void printNotice(String line) {
        err.println(line);
    }

    /** Prints a JSON object in several lines. Hidden characters become escapes, so its content stays the same. */
    public void printJson(JsonNode json) {
        json.toPrettyString().lines().forEach(this::printLine);
    }

    /**
     * Returns the address of the gateway: {@code SLUICE_URL}, else the one in {@code endpoints.json} of the data folder,
     * else the default.
     */
    public URI gateway() {
        var url = variable("SLUICE_URL").or(() -> running(Endpoints.HTTP)).orElse("http://127.0.0.1:8080");
        try {
            var uri = URI.create(url);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("SLUICE_URL=%s is not a URL: %s".formatted(url, e.getMessage()));
        }
        throw new CommandFailedException("SLUICE_URL=%s is not a URL such as http://127.0.0.1:8080".formatted(url));
    }

    /**
     * Returns the settings of every Kafka client. {@code KAFKA_SECURITY_PROTOCOL} becomes {@code security.protocol}, and so
     * on. Without {@code KAFKA_BOOTSTRAP_SERVERS} the brokers are those in {@code endpoints.json} of the data folder, else
     * the default.
     */
    public Map<String, Object> kafka() {
        var settings = new TreeMap<String, Object>();
        environment.forEach((name, value) -> {
            if (name.startsWith(KAFKA_PREFIX) && !value.isBlank()) {
                settings.put(
                        name.substring(KAFKA_PREFIX.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        settings.computeIfAbsent(
                "bootstrap.servers", name -> running(Endpoints.KAFKA).orElse("localhost:9092"));
        return settings;
    }

    /** {@return the data folder} */
    public Path dataDir() {
        return StackConfig.dataDir(environment);
    }

    /** {@return one address of the stack that runs over the data folder; empty when none runs} */
    public Optional<String> running(String endpoint) {
        return Endpoints.read(dataDir()).flatMap(all -> all.find(endpoint));
    }

    /** {@return an environment variable; empty when it is absent or blank} */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
