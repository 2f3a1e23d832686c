package io.sluice.embedder.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes the small JSON files of bundles and catalogs. */
final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonFile() {}

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new UnusableModelException(file + " is not JSON: copy or pull the file again", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static JsonNode parse(String text) throws IOException {
        return JSON.readTree(text);
    }

    static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }

    static UnusableModelException unreadable(Path file, IOException e) {
        return new UnusableModelException(
                e instanceof NoSuchFileException || !Files.exists(file)
                        ? file + " does not exist: copy or pull it again"
                        : file + " cannot be read (" + e.getMessage() + "): check its permissions",
                e);
    }
}
