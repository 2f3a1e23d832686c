package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RenamedSettingsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(RenamedSettings.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void anOldNameSetsTheSettingAndItsNewNameIsSaidOnce() {
        var environment = Map.of("DB_POOL_SIZE", "3");

        assertThat(RenamedSettings.setIn(environment)).isEqualTo(Map.of("database.pool.size", "3"));
        assertThat(RenamedSettings.setIn(environment)).isEqualTo(Map.of("database.pool.size", "3"));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("DB_POOL_SIZE is called DATABASE_POOL_SIZE now. The old name goes on working");
    }

    @Test
    void anOldNameBesideItsNewOneIsSaidToBeIgnored() {
        RenamedSettings.setIn(Map.of("SLUICE_IMPORTS_PER_MINUTE", "3", "SLUICE_IMPORT_UPLOADS_PER_MINUTE", "4"));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "SLUICE_IMPORTS_PER_MINUTE is ignored, because its new name SLUICE_IMPORT_UPLOADS_PER_MINUTE is set too");
    }

    @Test
    void newNamesAloneAreNoMatter() {
        assertThat(RenamedSettings.setIn(Map.of("DATABASE_POOL_SIZE", "3"))).isEmpty();
        assertThat(lines.list).isEmpty();
    }
}
