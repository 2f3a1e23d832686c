package io.sluice.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses of all parts of a running stack, as kept in {@code endpoints.json}, a flat JSON object of strings.
 * {@code http}, {@code embedder}, {@code rekognizer}, {@code importer}, {@code indexer}, {@code s3}, {@code qdrant} and
 * {@code rekognition} are URLs, {@code kafka} is {@code host:port}, {@code postgres} is a JDBC address for the user {@code postgres}.
 */
public record Endpoints(Map<String, String> byName) {
    public static final String HTTP = "http";
    public static final String EMBEDDER = "embedder";
    /** Absent while faces are off. */
    public static final String REKOGNIZER = "rekognizer";

    public static final String IMPORTER = "importer";
    public static final String INDEXER = "indexer";
    public static final String KAFKA = "kafka";
    public static final String POSTGRES = "postgres";
    public static final String S3 = "s3";
    public static final String QDRANT = "qdrant";
    public static final String REKOGNITION = "rekognition";

    private static final String FILE = "endpoints.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Endpoints {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** {@return the path of {@code endpoints.json} in a data folder} */
    public static Path file(Path dataDir) {
        return dataDir.resolve(FILE);
    }

    /** {@return these addresses and one more} */
    public Endpoints with(String name, String address) {
        var all = new LinkedHashMap<>(byName);
        all.put(name, address);
        return new Endpoints(all);
    }

    /** {@return the address of one part; empty when there is none} */
    public Optional<String> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Returns the address of one part.
     *
     * @throws IllegalStateException when there is none
     */
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("no endpoint is called " + name));
    }

    /** Writes the file in one step: a reader sees the old file, the new file or no file, never a half-written one. */
    public void write(Path dataDir) {
        try {
            var draft = dataDir.resolve(FILE + ".draft");
            Files.writeString(draft, JSON.writeValueAsString(byName) + "\n");
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, file(dataDir), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("%s cannot be written (%s)".formatted(file(dataDir), e), e);
        }
    }

    /** Reads the file of a data folder; empty when there is none. */
    public static Optional<Endpoints> read(Path dataDir) {
        try {
            return Optional.of(
                    new Endpoints(JSON.readValue(Files.readString(file(dataDir)), new TypeReference<>() {})));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new StackException("%s is not a JSON object of strings".formatted(file(dataDir)), e);
        } catch (IOException e) {
            throw new StackException("%s cannot be read (%s)".formatted(file(dataDir), e), e);
        }
    }

    /** Removes the file of a stack that has ended. */
    static void delete(Path dataDir) {
        try {
            Files.deleteIfExists(file(dataDir));
        } catch (IOException e) {
            throw new StackException("%s cannot be removed (%s)".formatted(file(dataDir), e), e);
        }
    }
}
