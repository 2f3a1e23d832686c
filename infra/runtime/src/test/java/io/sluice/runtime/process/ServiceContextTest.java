package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.AnnotationMetadataProvider;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceContextTest {
    @Test
    void ofTheEndpointsOfMicronautOnlyHealthIsThere() {
        var service = new ServiceContext("test", "sluice.http.port", 0, Map.of());
        try (ApplicationContext context = service.start(Map.of(), _ -> {})) {
            var known = ids(context.getBeanDefinitionReferences().stream()
                    .filter(bean -> bean.getAnnotationMetadata().hasStereotype(Endpoint.class))
                    .toList());
            assertThat(known).contains("beans", "env", "loggers", "refresh", "routes", "stop", "threaddump", "metrics");

            assertThat(ids(context.getBeanDefinitions(Qualifiers.byStereotype(Endpoint.class))))
                    .as("and prometheus, where a service has it")
                    .containsExactly("health");
        }
    }

    @Test
    void anEnvironmentFileSetsWhatTheProcessAndTheCallerDoNot(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(".env"), """
                SLUICE_PARTITIONS=5
                SLUICE_EPOCH=5
                SLUICE_THREADS=5
                SLUICE_TOPIC_PREFIX=eu.
                KAFKA_SECURITY_PROTOCOL=SSL
                """);
        var environment = ProcessEnvironment.of(Map.of("SLUICE_EPOCH", "3"), folder);
        var service = new ServiceContext("test", "sluice.http.port", 0, Map.of("sluice.topic-prefix", "default."));

        try (var context = service.start(environment, Map.of("sluice.threads", 7), _ -> {})) {
            var config = context.getBean(SluiceConfig.class);
            assertThat(config.partitions()).isEqualTo(5);
            assertThat(config.epoch())
                    .as("the process's own variable is not here")
                    .isEqualTo(1);
            assertThat(config.threads()).isEqualTo(7);
            assertThat(config.topicPrefix()).isEqualTo("eu.");
            assertThat(context.getBean(KafkaSettings.class).producer()).containsEntry("security.protocol", "SSL");
        }
    }

    @Test
    void anOldVariableOfAnEnvironmentFileIsNamedWhenItIsNotValid(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(".env"), "DB_MAX_OVERFLOW=many");
        var environment = ProcessEnvironment.of(Map.of(), folder);
        var service = new ServiceContext("test", "sluice.http.port", 0, Map.of());

        assertThatThrownBy(() -> service.start(environment, Map.of(), _ -> {}))
                .hasMessage("DB_MAX_OVERFLOW must be a whole number from 0 to 1000, is 'many'");
    }

    private static SortedSet<String> ids(Collection<? extends AnnotationMetadataProvider> beans) {
        return beans.stream()
                .map(bean -> bean.getAnnotationMetadata()
                        .stringValue(Endpoint.class, "id")
                        .or(() -> bean.getAnnotationMetadata().stringValue(Endpoint.class))
                        .orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
