package io.sluice.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the contracts that this module publishes beside its code. */
final class PublishedContracts {
    /** The topics that have a schema, by the name of the schema file. */
    static final Map<String, Topic<?>> TOPICS = Map.ofEntries(
            Map.entry("products.v1", Topics.PRODUCTS),
            Map.entry("product-vectors.v1", Topics.productVectors("builtin-1")),
            Map.entry("photos.v1", Topics.PHOTOS),
            Map.entry("prepared-photos.v1", Topics.PREPARED_PHOTOS),
            Map.entry("photo-faces.v1", Topics.PHOTO_FACES),
            Map.entry("face-enrolments.v1", Topics.FACE_ENROLMENTS),
            Map.entry("imports.v1", Topics.IMPORTS),
            Map.entry("import-rows.v1", Topics.IMPORT_ROWS),
            Map.entry("job-events.v1", Topics.JOB_EVENTS),
            Map.entry("jobs.v1", Topics.JOBS),
            Map.entry("pipeline-controls.v1", Topics.PIPELINE_CONTROLS),
            Map.entry("pipeline-status.v1", Topics.PIPELINE_STATUS));

    private static final Path RESOURCES = Path.of("src/main/resources/io/sluice/schemas");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedContracts() {}

    static JsonNode json(Path path) {
        try {
            return JSON.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode schemaText(String name) {
        return json(RESOURCES.resolve(name + ".schema.json"));
    }

    static JsonSchema schema(String name) {
        var factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaMappers(mappers -> TOPICS.keySet()
                        .forEach(topic -> mappers.mappings(Map.of(
                                "urn:sluice:schema:" + topic,
                                RESOURCES
                                        .resolve(topic + ".schema.json")
                                        .toUri()
                                        .toString())))));
        return factory.getSchema(RESOURCES.resolve(name + ".schema.json").toUri());
    }

    static List<Path> samples(String name) {
        try (var files = Files.list(RESOURCES.resolve("samples").resolve(name))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode asyncApi() {
        try {
            return new YAMLMapper().readTree(Path.of("asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
