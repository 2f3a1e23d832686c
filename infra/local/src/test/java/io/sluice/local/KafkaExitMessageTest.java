package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaExitMessageTest {
    private final Logger logger = new LoggerContext().getLogger("kafka");
    private final KafkaExitMessage exitMessage = new KafkaExitMessage(Path.of("/data/logs/sluice.log"));

    @BeforeEach
    void start() {
        exitMessage.start();
    }

    @Test
    void namesTheCauseAndNotTheErrorsThatFollowed() {
        append(Level.ERROR, 1_000, "quorum-controller is slow", null);
        append(
                Level.ERROR,
                60_000,
                "Error while writing to checkpoint file /data/kafka/replication-offset-checkpoint",
                new IllegalStateException(new IOException("No space left on device")));
        append(Level.ERROR, 60_100, "Shutdown broker because all log dirs in /data/kafka have failed", null);
        append(Level.WARN, 60_200, "Stopping", new IOException("closed"));

        assertThat(exitMessage.text())
                .isEqualTo("sluice: Kafka ended this process: Error while writing to checkpoint file"
                        + " /data/kafka/replication-offset-checkpoint (No space left on device);"
                        + " the log is /data/logs/sluice.log");
    }

    @Test
    void isOneLineAndSaysWhatKindOfErrorItWas() {
        append(Level.ERROR, 1_000, "Encountered\nfatal fault", new NoSuchFileException("/data/kafka/x"));

        assertThat(exitMessage.text())
                .contains(": Encountered fatal fault (NoSuchFileException: /data/kafka/x);")
                .doesNotContain("\n");
    }

    @Test
    void doesNotNameAnErrorOfLongAgo() {
        append(Level.ERROR, 1_000, "once", new IOException("long ago"));
        append(Level.ERROR, 60_000, "now", null);

        assertThat(exitMessage.text()).contains("process: now;").doesNotContain("long ago");
    }

    @Test
    void namesTheLogWhenNothingWasLogged() {
        assertThat(exitMessage.text()).isEqualTo("sluice: Kafka ended this process; the log is /data/logs/sluice.log");
    }

    private void append(Level level, long millis, String message, @Nullable Throwable thrown) {
        var event = new LoggingEvent("", logger, level, message, thrown, new Object[0]);
        event.setTimeStamp(millis);
        exitMessage.doAppend(event);
    }
}
