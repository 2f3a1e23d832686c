package io.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonSchemaTest {
    @TestFactory
    Stream<DynamicTest> everyPublishedSampleIsValid() {
        return PublishedContracts.TOPICS.keySet().stream()
                .flatMap(name -> PublishedContracts.samples(name).stream()
                        .map(sample -> DynamicTest.dynamicTest(
                                name + "/" + sample.getFileName(),
                                () -> assertThat(PublishedContracts.schema(name)
                                                .validate(PublishedContracts.json(sample)))
                                        .isEmpty())));
    }

    @TestFactory
    Stream<DynamicTest> everySchemaNamesTheComponentsOfItsRecord() {
        return shapes().map(shape -> DynamicTest.dynamicTest(shape.name(), () -> {
            var properties = new ArrayList<String>();
            shape.schema().get("properties").fieldNames().forEachRemaining(properties::add);
            assertThat(properties)
                    .containsExactlyElementsOf(components(shape.type())
                            .map(JsonSchemaTest::snakeCase)
                            .toList());
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatMayBeNullIsNotRequired() {
        return shapes().map(shape -> DynamicTest.dynamicTest(shape.name(), () -> {
            var required = new ArrayList<String>();
            shape.schema().get("required").forEach(name -> required.add(name.asText()));
            var nullable = Stream.of(shape.type().getRecordComponents())
                    .filter(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(component -> snakeCase(component.getName()));
            assertThat(required).isNotEmpty();
            assertThat(nullable).noneMatch(required::contains);
        }));
    }

    /** A record type and its schema. */
    private record Shape(String name, Class<?> type, JsonNode schema) {}

    /** A topic with several types of records describes each type under {@code $defs}. */
    private static Stream<Shape> shapes() {
        return PublishedContracts.TOPICS.entrySet().stream().flatMap(entry -> {
            var type = entry.getValue().type();
            var schema = PublishedContracts.schemaText(entry.getKey());
            return type.isSealed()
                    ? Stream.of(type.getPermittedSubclasses())
                            .map(record -> new Shape(
                                    entry.getKey() + "/" + record.getSimpleName(),
                                    record,
                                    schema.at("/$defs/"
                                            + snakeCase(record.getSimpleName()).substring(1))))
                    : Stream.of(new Shape(entry.getKey(), type, schema));
        });
    }

    @Test
    void refusesAProductWithoutAName() throws Exception {
        var json = new ObjectMapper().readTree("{\"product_id\":\"1\",\"name\":\" \",\"description\":\"d\"}");
        assertThat(PublishedContracts.schema("products.v1").validate(json))
                .extracting(Object::toString)
                .singleElement()
                .asString()
                .contains("name");
    }

    @Test
    void refusesAnUnknownOutcome() throws Exception {
        var json = new ObjectMapper()
                .readTree("{\"job_id\":\"1\",\"kind\":\"k\",\"stage\":\"s\",\"outcome\":\"done\",\"at\":\"now\"}");
        assertThat(List.copyOf(PublishedContracts.schema("job-events.v1").validate(json)))
                .extracting(Object::toString)
                .anyMatch(message -> message.contains("outcome"));
    }

    private static Stream<String> components(Class<?> type) {
        return Stream.of(type.getRecordComponents()).map(RecordComponent::getName);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
