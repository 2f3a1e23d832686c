package io.sluice.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.kafka.ClientIds;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.junit.jupiter.api.Test;

class TrackerSettingsTest {
    private final StreamsConfig config = config(KafkaSettings.of("a:1"));

    @Test
    void canWriteAsAJobWhatCouldBeWrittenAsAnEvent() {
        var ours = KafkaSettings.of("a:1").producer();

        assertThat(config.getProducerConfigs("tracker"))
                .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ours.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
                .containsEntry(
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, ours.get(ProducerConfig.COMPRESSION_TYPE_CONFIG));
    }

    @Test
    void settingsReachTheClientsAndCannotWeakenThem() {
        var given = config(new KafkaSettings(Map.of(
                "security.protocol", "SSL",
                "acks", "0",
                "enable.idempotence", "false",
                "max.in.flight.requests.per.connection", "100",
                "isolation.level", "read_uncommitted",
                "enable.auto.commit", "true")));

        assertThat(given.getProducerConfigs("tracker"))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.in.flight.requests.per.connection", 5);
        assertThat(given.getMainConsumerConfigs("group", "tracker", 0))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", "false");
        assertThat(given.getAdminConfigs("tracker")).containsEntry("security.protocol", "SSL");
    }

    @Test
    void nothingThatTheDeploymentSetsMovesKeysLosesEventsOrFencesGateways() {
        var given = config(new KafkaSettings(Map.of(
                "partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner",
                "partitioner.ignore.keys", "true",
                "transactional.id", "all-of-us",
                "group.instance.id", "the-only-one",
                "group.protocol", "consumer",
                "auto.offset.reset", "latest",
                "processing.exception.handler", LogAndContinueProcessingExceptionHandler.class.getName(),
                "main.consumer.isolation.level", "read_uncommitted",
                "producer.partitioner.ignore.keys", "true")));

        assertThat(given.getProducerConfigs("tracker"))
                .containsEntry("partitioner.ignore.keys", false)
                .doesNotContainKeys("partitioner.class", "transactional.id");
        assertThat(given.getMainConsumerConfigs("group", "tracker", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "earliest")
                .doesNotContainKey("group.instance.id");
        assertThat(given.getString("group.protocol")).isEqualTo("classic");
        assertThat(given.processingExceptionHandler()).isInstanceOf(LogAndFailProcessingExceptionHandler.class);
    }

    @Test
    void theTailReadsCommittedEventsOnlyAndCommitsNothing() {
        var weaker = new KafkaSettings(Map.of(
                "isolation.level", "read_uncommitted",
                "enable.auto.commit", "true",
                "group.id", "somebody-elses",
                "allow.auto.create.topics", "true"));

        assertThat(weaker.consumer(settings(weaker).jobEventConsumer(), "tail"))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("group.id", "t.sluice-jobs")
                .containsEntry("allow.auto.create.topics", false);
    }

    private static StreamsConfig config(KafkaSettings kafka) {
        return new StreamsConfig(settings(kafka).streams());
    }

    private static TrackerSettings settings(KafkaSettings kafka) {
        return new TrackerSettings(kafka, new TopicNames("t."), SluiceConfig.ofDefaults(), new ClientIds("gateway"));
    }

    @Test
    void skipsAJobThatIsTooLargeAndFailsWhenItMayNotWrite() {
        var handler = config.productionExceptionHandler();
        var written = new ProducerRecord<>("jobs.v1", new byte[0], new byte[0]);

        assertThat(handler.handleError(context(), written, new RecordTooLargeException("large"))
                        .result())
                .isEqualTo(Result.RESUME);
        assertThat(handler.handleError(context(), written, new TopicAuthorizationException("no"))
                        .result())
                .isEqualTo(Result.FAIL);
    }

    private static ErrorHandlerContext context() {
        Map<Class<?>, Object> answers = Map.of(int.class, 3, long.class, 7L, String.class, "");
        return (ErrorHandlerContext) Proxy.newProxyInstance(
                TrackerSettingsTest.class.getClassLoader(),
                new Class<?>[] {ErrorHandlerContext.class},
                (context, asked, with) -> answers.get(asked.getReturnType()));
    }
}
