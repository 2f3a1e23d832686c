package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StartErrorsTest {
    @Test
    void namesTheVariableOfASettingThatMakesNoSense() {
        var thrown = new ConfigurationException(
                "Error instantiating bean", new IllegalArgumentException("sluice.threads must be between 1 and 1000"));
        assertThat(StartErrors.explain(thrown, "gateway", "sluice.http.port", List.of()))
                .hasMessage("sluice.threads (SLUICE_THREADS) must be between 1 and 1000")
                .hasCause(thrown);
    }

    @Test
    void namesTheOldVariablesThatSetIt() {
        var old = new OldSetting(
                new TreeMap<>(Map.of("DB_POOL_SIZE", "600", "DB_MAX_OVERFLOW", "600")), "database.pool.size", "1200");
        var thrown = new ConfigurationException(
                "Error instantiating bean",
                new IllegalArgumentException(
                        "database.pool.size (DATABASE_POOL_SIZE) must be between 1 and 1000, is 1200"));
        assertThat(StartErrors.explain(thrown, "gateway", "sluice.http.port", List.of(old)))
                .hasMessage(
                        "database.pool.size (DATABASE_POOL_SIZE) must be between 1 and 1000, is 1200 (set by DB_MAX_OVERFLOW and DB_POOL_SIZE)");
    }

    @Test
    void namesTheVariableOfASettingThatViolatesAConstraint() {
        var service = new ServiceContext("test", "sluice.http.port", 0, Map.of("test.queue.max-size", "0"));
        assertThatThrownBy(() -> service.start(Map.of(), context -> context.getBean(QueueConfig.class)))
                .hasMessage("test.queue.max-size (TEST_QUEUE_MAX_SIZE) must be greater than or equal to 1");
    }

    @ConfigurationProperties("test.queue")
    record QueueConfig(
            @Bindable(defaultValue = "1000") @Min(1) int maxSize) {}

    @Test
    void namesTheVariableThatMovesABusyPort() {
        var thrown = new IllegalStateException("Unable to start server", new BindException("in use"));
        assertThat(StartErrors.explain(thrown, "gateway", "sluice.http.port", List.of()))
                .hasMessage("The gateway's port is taken: stop the program that has it, or set SLUICE_HTTP_PORT");
    }

    @Test
    void findsASentenceOfOursInsideTheFrameworksWrapping() {
        var ours = new OursException("Postgres is not there; start it", new IllegalArgumentException("refused"));
        var thrown = new ConfigurationException("Error instantiating bean", ours);
        assertThat(StartErrors.explain(thrown, "indexer", "sluice.indexer.port", List.of()))
                .hasMessage("Postgres is not there; start it")
                .hasCause(thrown);
    }

    private static final class OursException extends RuntimeException {
        OursException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void leavesASentenceOfOursAlone() {
        var thrown = new IllegalStateException("Postgres does not answer", new IllegalArgumentException("detail"));
        assertThat(StartErrors.explain(thrown, "gateway", "sluice.http.port", List.of()))
                .isSameAs(thrown);
    }
}
