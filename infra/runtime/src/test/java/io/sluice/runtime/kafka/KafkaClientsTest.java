package io.sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.Origin;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Kafka clients of a service, and the effect of the deployment's environment variables on them. */
class KafkaClientsTest {
    private static final String WRITER = "sluice-indexer-writer";
    private static final String READER = "sluice-indexer-indexer-builtin-1-0";
    private static final String ADMIN = "sluice-indexer-admin";

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void forgetOtherClients() {
        RecordingReporter.settings().clear();
    }

    @Test
    void whatIsSetOnceForKafkaReachesEveryClient() {
        try (var service =
                service(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"))) {
            service.getBean(KafkaWriter.class);
            service.getBean(AdminClient.class);
            reader(service).close();

            assertThat(RecordingReporter.settings()).containsOnlyKeys(WRITER, READER, ADMIN);
            assertThat(RecordingReporter.settings())
                    .allSatisfy((client, settings) -> assertThat(settings)
                            .containsEntry("security.protocol", "SSL")
                            .containsEntry("bootstrap.servers", "127.0.0.1:1"));
        }
    }

    @Test
    void nothingInTheEnvironmentWeakensWhatIsWritten() {
        var weaker = Map.of(
                "KAFKA_ACKS", "0",
                "KAFKA_ENABLE_IDEMPOTENCE", "false",
                "KAFKA_RETRIES", "0",
                "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION", "100",
                "KAFKA_PARTITIONER_CLASS", "org.apache.kafka.clients.producer.RoundRobinPartitioner",
                "KAFKA_PARTITIONER_IGNORE_KEYS", "true",
                "KAFKA_TRANSACTIONAL_ID", "all-of-us",
                "KAFKA_PRODUCERS_WRITER_ACKS", "1",
                "KAFKA_MAX_REQUEST_SIZE", "1048576",
                "KAFKA_LINGER_MS", "7");
        try (var service = service(weaker)) {
            service.getBean(KafkaWriter.class);

            assertThat(RecordingReporter.settings().get(WRITER))
                    .containsEntry("acks", "all")
                    .containsEntry("enable.idempotence", true)
                    .containsEntry("retries", Integer.MAX_VALUE)
                    .containsEntry("max.in.flight.requests.per.connection", 5)
                    .containsEntry("partitioner.ignore.keys", false)
                    .containsEntry("max.request.size", KafkaSettings.MAX_REQUEST_BYTES)
                    .doesNotContainKeys("partitioner.class", "transactional.id")
                    .as("what is not ours is the deployment's")
                    .containsEntry("linger.ms", "7");
        }
    }

    @Test
    void nothingInTheEnvironmentWeakensWhatIsRead() {
        var weaker = Map.of(
                "KAFKA_ENABLE_AUTO_COMMIT", "true",
                "KAFKA_ISOLATION_LEVEL", "read_uncommitted",
                "KAFKA_GROUP_ID", "somebody-elses",
                "KAFKA_GROUP_INSTANCE_ID", "the-only-one",
                "KAFKA_CONSUMERS_INDEXER_ISOLATION_LEVEL", "read_uncommitted",
                "KAFKA_MAX_POLL_INTERVAL_MS", "7");
        try (var service = service(weaker)) {
            reader(service).close();

            assertThat(RecordingReporter.settings().get(READER))
                    .containsEntry("enable.auto.commit", false)
                    .containsEntry("isolation.level", "read_committed")
                    .containsEntry("group.id", "indexer-builtin-1")
                    .doesNotContainKey("group.instance.id")
                    .as("what is not ours is the deployment's")
                    .containsEntry("max.poll.interval.ms", "7");
        }
    }

    @Test
    void oneConsumerCanBeTunedByItsName() {
        try (var service =
                service(Map.of("KAFKA_CONSUMERS_INDEXER_FETCH_MAX_BYTES", "7777", "KAFKA_CLIENT_RACK", "a"))) {
            reader(service).close();

            assertThat(RecordingReporter.settings().get(READER))
                    .containsEntry("fetch.max.bytes", "7777")
                    .containsEntry("client.rack", "a");
        }
    }

    @Test
    void theDeploymentMayNameItsClients() {
        try (var service = service(Map.of("KAFKA_CLIENT_ID", "blue"))) {
            service.getBean(KafkaWriter.class);
            service.getBean(AdminClient.class);
            reader(service).close();

            assertThat(RecordingReporter.settings())
                    .containsOnlyKeys("blue-writer", "blue-admin", "blue-indexer-builtin-1-0");
        }
    }

    @Test
    void everyClientIsMeasuredUnderItsId() {
        try (var service = service(Map.of())) {
            service.getBean(KafkaWriter.class);
            reader(service);

            assertThat(names("kafka.producer.", WRITER)).contains("kafka.producer.record.send.total");
            assertThat(names("kafka.consumer.", READER)).contains("kafka.consumer.fetch.manager.records.lag.max");
            assertThat(names("kafka.", READER)).noneMatch(name -> name.contains(".node."));
        }
        assertThat(names("kafka.", WRITER)).as("once the service has stopped").isEmpty();
        assertThat(names("kafka.", READER)).isEmpty();
    }

    @Test
    void aClientThatIsMadeAnewIsMeasuredInThePlaceOfTheOneBefore() {
        try (var service = service(Map.of())) {
            reader(service).close();
            var before = names("kafka.consumer.", READER);

            try (var again = reader(service)) {
                again.assign(List.of(new TopicPartition("t", 0)));
                assertThat(names("kafka.consumer.", READER)).hasSameSizeAs(before);
                assertThat(meters.get("kafka.consumer.coordinator.assigned.partitions")
                                .tag("client.id", READER)
                                .gauge()
                                .value())
                        .isEqualTo(1);
            }
        }
    }

    private List<String> names(String beginning, String clientId) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> clientId.equals(id.getTag("client.id")))
                .map(Meter.Id::getName)
                .filter(name -> name.startsWith(beginning))
                .toList();
    }

    private static Consumer<byte[], byte[]> reader(ApplicationContext service) {
        var spec = new ConsumerSpec(
                "indexer",
                "indexer-builtin-1-0",
                Map.of("max.poll.interval.ms", 600_000),
                Map.of(
                        "group.id", "indexer-builtin-1",
                        "enable.auto.commit", false,
                        "isolation.level", "read_committed"));
        return service.getBean(Consumers.class).create(spec);
    }

    private ApplicationContext service(Map<String, String> environment) {
        var variables = new HashMap<String, Object>(environment);
        variables.put("KAFKA_METRIC_REPORTERS", RecordingReporter.class.getName());
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .propertySources(PropertySource.of(
                        "environment", variables, PropertyConvention.ENVIRONMENT_VARIABLE, Origin.of("environment")))
                .properties(Map.of("sluice.service", "indexer"))
                .singletons(meters)
                .start();
    }
}
