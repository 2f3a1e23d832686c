package io.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.Topic.Cleanup.Compact;
import io.sluice.schemas.Topic.Cleanup.CompactAndDelete;
import io.sluice.schemas.Topic.Cleanup.CompactWithin;
import io.sluice.schemas.Topic.Cleanup.Delete;
import io.sluice.schemas.wire.Headers;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AsyncApiTest {
    private final JsonNode api = PublishedContracts.asyncApi();

    @TestFactory
    Stream<DynamicTest> everyTopicIsAChannelWithTheSettingsItIsCreatedWith() {
        return PublishedContracts.TOPICS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    var topic = entry.getValue();
                    var channel = api.at("/channels/" + entry.getKey());
                    assertThat(channel.path("address").asText().replace("{index}", "builtin-1"))
                            .isEqualTo(topic.name());
                    var settings = channel.at("/bindings/kafka/topicConfiguration");
                    assertThat(texts(settings.path("cleanup.policy"))).isEqualTo(policies(topic.cleanup()));
                    assertThat(settings.path("retention.ms").asLong()).isEqualTo(retention(topic.cleanup()));
                    assertThat(settings.has("min.compaction.lag.ms"))
                            .isEqualTo(topic.isCanonical() && isCompacted(topic.cleanup()));
                    assertThat(settings.path("max.compaction.lag.ms").asLong())
                            .isEqualTo(lag(topic.cleanup()))
                            .isEqualTo(settings.path("segment.ms").asLong());
                }));
    }

    @Test
    void hasNoChannelThatTheCatalogueLacks() {
        assertThat(names(api.get("channels")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(PublishedContracts.TOPICS.keySet().stream(), Stream.of("retries", "dead-letters"))
                                .toList());
    }

    @Test
    void everyPayloadIsAPublishedSchemaOfTheRecordOnItsTopic() {
        for (var entry : PublishedContracts.TOPICS.entrySet()) {
            var message = entry.getValue().type().getSimpleName();
            assertThat(names(api.at("/channels/" + entry.getKey() + "/messages")))
                    .containsExactly(message);
            var payload =
                    api.at("/components/messages/" + message + "/payload/$ref").asText();
            assertThat(payload).endsWith("/" + entry.getKey() + ".schema.json");
            assertThat(Files.exists(Path.of(payload))).isTrue();
        }
    }

    @Test
    void describesEveryHeader() throws IllegalAccessException {
        var described = new ArrayList<>(names(api.at("/components/schemas/DeadLetterHeaders/properties")));
        described.addAll(names(api.at("/components/schemas/RetryHeaders/allOf/1/properties")));
        for (var field : Headers.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                assertThat(described).contains(String.valueOf(field.get(null)));
            }
        }
    }

    private static List<String> policies(Topic.Cleanup cleanup) {
        return switch (cleanup) {
            case Compact() -> List.of("compact");
            case CompactWithin within -> List.of("compact");
            case Delete d -> List.of("delete");
            case CompactAndDelete c -> List.of("compact", "delete");
        };
    }

    private static boolean isCompacted(Topic.Cleanup cleanup) {
        return policies(cleanup).equals(List.of("compact"));
    }

    private static long lag(Topic.Cleanup cleanup) {
        return cleanup instanceof CompactWithin(var lag) ? lag.toMillis() : 0;
    }

    private static long retention(Topic.Cleanup cleanup) {
        return switch (cleanup) {
            case Compact() -> 0;
            case CompactWithin within -> 0;
            case Delete(var retention) -> retention.toMillis();
            case CompactAndDelete(var retention) -> retention.toMillis();
        };
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
