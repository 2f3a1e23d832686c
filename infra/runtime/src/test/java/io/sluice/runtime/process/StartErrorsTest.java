package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.exceptions.ConfigurationException;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class StartErrorsTest {
    @Test
    void namesTheVariableOfASettingThatMakesNoSense() {
        var thrown = new ConfigurationException(
                "Error instantiating bean", new IllegalArgumentException("sluice.threads must be between 1 and 1000"));
        assertThat(StartErrors.explain(thrown, "gateway", "sluice.http.port"))
                .hasMessage("sluice.threads (SLUICE_THREADS) must be between 1 and 1000")
                .hasCause(thrown);
    }

    @Test
    void namesTheVariableThatMovesABusyPort() {
        var thrown = new IllegalStateException("Unable to start server", new BindException("in use"));
        assertThat(StartErrors.explain(thrown, "gateway", "sluice.http.port"))
                .hasMessage("The gateway's port is taken: stop the program that has it, or set SLUICE_HTTP_PORT");
    }

    @Test
    void findsASentenceOfOursInsideTheFrameworksWrapping() {
        var ours = new OursException("Postgres is not there; start it", new IllegalArgumentException("refused"));
        var thrown = new ConfigurationException("Error instantiating bean", ours);
        assertThat(StartErrors.explain(thrown, "indexer", "sluice.indexer.port"))
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
        assertThat(StartErrors.explain(thrown, "gateway", "sluice.http.port")).isSameAs(thrown);
    }
}
