package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void anOldNameSetsTheSettingAndWhatItBecameIsSaidOnce() {
        var environment = Map.of("DB_POOL_SIZE", "3");

        assertThat(settings(environment)).isEqualTo(Map.of("database.pool.size", "3"));
        assertThat(settings(environment)).isEqualTo(Map.of("database.pool.size", "3"));

        assertThat(lines()).containsExactly("Reads DB_POOL_SIZE=3 as DATABASE_POOL_SIZE=3. Old names go on working");
    }

    @Test
    void theWorkersOfThePhotoAppAreThePhotosPreparedAtOnce() {
        assertThat(settings(Map.of("PHOTO_QUEUE_WORKERS", "5"))).isEqualTo(Map.of("embedder.photos.at-once", "5"));
        assertThat(lines())
                .containsExactly("Reads PHOTO_QUEUE_WORKERS=5 as EMBEDDER_PHOTOS_AT_ONCE=5. Old names go on working");
    }

    @Test
    void anOldNameBesideItsNewOneIsSaidToBeIgnored() {
        settings(Map.of("SLUICE_IMPORTS_PER_MINUTE", "3", "SLUICE_IMPORT_UPLOADS_PER_MINUTE", "4"));

        assertThat(lines())
                .containsExactly(
                        "Ignores SLUICE_IMPORTS_PER_MINUTE, because SLUICE_IMPORT_UPLOADS_PER_MINUTE is set too");
    }

    @Test
    void newNamesAloneAreNoMatter() {
        assertThat(settings(Map.of("DATABASE_POOL_SIZE", "3", "DB_MAX_OVERFLOW", " ")))
                .isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void thePoolMayGrowByTheOverflow() {
        assertThat(settings(Map.of("DB_POOL_SIZE", "30", "DB_MAX_OVERFLOW", "70")))
                .isEqualTo(Map.of("database.pool.size", "100"));
        assertThat(settings(Map.of("DB_MAX_OVERFLOW", "50"))).isEqualTo(Map.of("database.pool.size", "70"));

        assertThat(lines())
                .containsExactly(
                        "Reads DB_MAX_OVERFLOW=70 and DB_POOL_SIZE=30 as DATABASE_POOL_SIZE=100. Old names go on working",
                        "Reads DB_MAX_OVERFLOW=50 as DATABASE_POOL_SIZE=70. Old names go on working");
    }

    @ParameterizedTest
    @CsvSource({"DB_MAX_OVERFLOW, -1, 0", "DB_MAX_OVERFLOW, 1001, 0", "DB_MAX_OVERFLOW, ten, 0"})
    void anOldVariableThatIsNotValidIsNamed(String variable, String value, int least) {
        assertThatThrownBy(() -> settings(Map.of(variable, value)))
                .hasMessage("%s must be a whole number from %d to 1000, is '%s'".formatted(variable, least, value));
    }

    @Test
    void findsASettingByEitherName() {
        assertThat(RenamedSettings.find(Map.of(), "database.pool.size")).isEmpty();
        assertThat(RenamedSettings.find(Map.of("DB_MAX_OVERFLOW", "1"), "database.pool.size"))
                .contains("21");
        assertThat(RenamedSettings.find(
                        Map.of("DB_MAX_OVERFLOW", "1", "DATABASE_POOL_SIZE", "5"), "database.pool.size"))
                .contains("5");
    }

    private static Map<String, String> settings(Map<String, String> environment) {
        return RenamedSettings.setIn(environment).stream()
                .collect(Collectors.toMap(OldSetting::setting, OldSetting::value));
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
