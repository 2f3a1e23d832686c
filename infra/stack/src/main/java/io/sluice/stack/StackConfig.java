package io.sluice.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local stack's data folder, addresses and ports.
 *
 * @param dataDir the folder of all state, which is made when it is missing
 * @param bind the address that all parts listen on
 * @param ports the port of each part; 0 for any free port; a part that is absent has its default
 * @param qdrantApiKey the API key that Qdrant clients must send; null when they need none
 * @param postgresConnections how many connections Postgres accepts
 * @param faceModels the folder of the models with which the Rekognition stand-in sees real faces; it may be missing; null
 *     for no models
 */
public record StackConfig(
        Path dataDir,
        String bind,
        Map<Part, Integer> ports,
        @Nullable String qdrantApiKey,
        int postgresConnections,
        @Nullable Path faceModels) {
    /** Where {@code ./sluice models pull} puts models, unless {@code EMBEDDER_MODELS_DIR} names another folder. */
    private static final String MODELS = "~/.cache/sluice/models";

    private static final List<String> MODEL_FILES = List.of("detector.onnx", "recognizer.onnx");

    private static final int MAX_PORT = 65_535;

    public StackConfig {
        dataDir = dataDir.toAbsolutePath().normalize();
        ports = Map.copyOf(ports);
        ports.forEach((part, port) -> {
            if (port < 0 || port > MAX_PORT) {
                throw new StackException("%s=%d is not a port (0 to %d)".formatted(part.variable(), port, MAX_PORT));
            }
        });
    }

    public StackConfig(Path dataDir, String bind, Map<Part, Integer> ports, @Nullable String qdrantApiKey) {
        this(dataDir, bind, ports, qdrantApiKey, LocalPostgres.CONNECTIONS, null);
    }

    /** {@return the same stack, whose Postgres accepts so many connections, and never fewer than by default} */
    public StackConfig withPostgresConnections(int connections) {
        return new StackConfig(
                dataDir, bind, ports, qdrantApiKey, Math.max(LocalPostgres.CONNECTIONS, connections), faceModels);
    }

    /** Reads the settings from environment variables. An absent or blank variable has its default. */
    public static StackConfig from(Map<String, String> environment) {
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            var text = value(environment, part.variable());
            if (text != null) {
                ports.put(part, number(part.variable(), text));
            }
        }
        return new StackConfig(
                dataDir(environment),
                orElse(value(environment, "SLUICE_BIND"), Part.LOOPBACK),
                ports,
                value(environment, "QDRANT_API_KEY"),
                LocalPostgres.CONNECTIONS,
                faceModels(environment));
    }

    private static Path faceModels(Map<String, String> environment) {
        var named = value(environment, "SLUICE_FACE_MODELS_DIR");
        if (named == null) {
            return expanded(orElse(value(environment, "EMBEDDER_MODELS_DIR"), MODELS))
                    .resolve("faces");
        }
        var folder = expanded(named);
        if (!MODEL_FILES.stream().map(folder::resolve).allMatch(Files::isRegularFile)) {
            throw new StackException(
                    "SLUICE_FACE_MODELS_DIR=%s must be a folder with detector.onnx and recognizer.onnx: correct it, or do not set it"
                            .formatted(named));
        }
        return folder;
    }

    private static Path expanded(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }

    /** Makes a configuration in which all parts listen on free ports of the loopback address, for tests. */
    public static StackConfig onFreePorts(Path dataDir) {
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            ports.put(part, 0);
        }
        return new StackConfig(dataDir, Part.LOOPBACK, ports, null);
    }

    /** {@return the folder that {@code SLUICE_DATA_DIR} names, or {@code .sluice} in the current one} */
    public static Path dataDir(Map<String, String> environment) {
        return Path.of(orElse(value(environment, "SLUICE_DATA_DIR"), ".sluice"));
    }

    /** {@return the port of a part} */
    public int port(Part part) {
        return ports.getOrDefault(part, part.defaultPort());
    }

    private static int number(String variable, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StackException("%s=%s is not a port (0 to %d)".formatted(variable, text, MAX_PORT), e);
        }
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        var text = environment.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
