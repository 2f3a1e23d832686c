package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestStackIT {
    @Test
    void readsWhatItWrote() {
        var kafka = TestStack.kafka();
        var names = new TopicNames(kafka.freshPrefix());
        new TopicPlan(kafka.brokers(), names, 2, -1).ensure(Topics.PRODUCTS);
        var topic = names.of(Topics.PRODUCTS);

        assertThat(kafka.read(topic)).isEmpty();
        kafka.write(topic, "a", "1", Map.of("x-job-id", "j"));
        kafka.write(topic, "a", null, Map.of());

        assertThat(kafka.readText(topic)).containsExactly("1", "null");
        assertThat(TestKafka.headers(kafka.read(topic).getFirst())).isEqualTo(Map.of("x-job-id", "j"));
        assertThat(kafka.lag("nobody", topic)).isEqualTo(2);
    }

    @Test
    void everyCallMakesANewDatabase() throws Exception {
        var first = TestStack.postgres();
        var second = TestStack.postgres();

        assertThat(first.url()).isNotEqualTo(second.url());
        try (var connection = DriverManager.getConnection(second.url(), second.user(), "")) {
            assertThat(connection.isValid(10)).isTrue();
        }
        assertThat(TestStack.s3().url()).startsWith("http://127.0.0.1:");
    }
}
