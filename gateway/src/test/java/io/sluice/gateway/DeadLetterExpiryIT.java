package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.stores.letters.LetterId;
import io.sluice.stores.letters.LetterState;
import io.sluice.stores.letters.LetterTable;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Open letters that their topic deletes are counted, and announced before. */
class DeadLetterExpiryIT {
    @Test
    void openLettersExpireWithTheirRecordsAndAreAnnouncedBefore() throws Exception {
        var database = TestStack.postgres();
        Map<String, Object> properties = Map.of("database.url", database.url(), "database.user", database.user());
        var prefix = TestStack.kafka().freshPrefix();
        LetterId gone;
        LetterId left;
        try (var gateway = new GatewayUnderTest(prefix, properties)) {
            var letters = new DeadLetterWriter(gateway, "products.v1", "embedder", "embedder-builtin-1");
            gone = letters.write("p-1", "{}", letters.headers("X", "x"));
            left = letters.write("p-2", "{}", letters.headers("X", "x"));
            await().atMost(DeadLetterWriter.patience())
                    .ignoreExceptions()
                    .until(() -> gateway.bean(LetterTable.class).find(left).isPresent());
            var topic = gateway.topic(letters.topic);
            TestStack.kafka()
                    .admin()
                    .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
            var oneDay = new ConfigEntry(
                    "retention.ms", String.valueOf(Duration.ofDays(1).toMillis()));
            TestStack.kafka()
                    .admin()
                    .incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(oneDay, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }

        try (var gateway = new GatewayUnderTest(prefix, properties)) {
            await().atMost(DeadLetterWriter.patience())
                    .until(() -> metrics(gateway).contains("sluice_dead_letters_expiring 1.0"));
            var letters = gateway.bean(LetterTable.class);
            assertThat(letters.find(gone).orElseThrow().state()).isEqualTo(LetterState.EXPIRED);
            assertThat(letters.find(left).orElseThrow().state()).isEqualTo(LetterState.OPEN);
            assertThat(metrics(gateway))
                    .contains("sluice_dead_letters_expired_total{pipeline=\"embedder\"} 1.0")
                    .containsPattern("sluice_dead_letters_open\\{code=\"X\",pipeline=\"embedder\"} [12].0");
            var health = gateway.get("/health").json();
            assertThat(health.at("/details/dead-letters/status").asText())
                    .as("%s", health)
                    .isEqualTo("UP");
            assertThat(health.at("/details/dead-letters/details/expiring_within_3_days")
                            .asInt())
                    .as("%s", health)
                    .isEqualTo(1);
        }
    }

    private static String metrics(GatewayUnderTest gateway) {
        return new String(gateway.get("/prometheus").response().body(), UTF_8);
    }
}
