package io.sluice.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.sluice.schemas.text.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Prints why Kafka ended the process. The broker halts the JVM when it can no longer write to its folder, most often
 * because the disk is full, and it says so only in its log. So this appender keeps the last errors that were logged,
 * and prints their cause as the last line on standard error.
 */
final class KafkaExitMessage extends AppenderBase<ILoggingEvent> {
    /**
     * The longest time between the error that is the cause, which the broker logs first, and the errors that follow
     * from it.
     */
    private static final Duration ONE_FAILURE = Duration.ofSeconds(10);

    private final Path log;
    private @Nullable ILoggingEvent lastError;
    private @Nullable ILoggingEvent lastThrown;

    /**
     * Makes an appender, which does nothing at exit until {@link #printWhenKafkaEndsTheProcess()}.
     *
     * @param log the log file that the message names
     */
    KafkaExitMessage(Path log) {
        this.log = log;
    }

    /** From now on, prints the cause when Kafka ends the process. */
    void printWhenKafkaEndsTheProcess() {
        Exit.setHaltProcedure((status, _) -> {
            System.err.println(text());
            Runtime.getRuntime().halt(status);
        });
        Exit.setExitProcedure((status, _) -> {
            System.err.println(text());
            System.exit(status);
        });
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            lastError = event;
            if (event.getThrowableProxy() != null) {
                lastThrown = event;
            }
        }
    }

    /** {@return the message for the user} */
    synchronized String text() {
        var cause = cause();
        return "sluice: Kafka ended this process%s; the log is %s"
                .formatted(cause == null ? "" : ": " + VisibleText.oneLine(describe(cause)), log);
    }

    private @Nullable ILoggingEvent cause() {
        if (lastError == null || lastThrown == null) {
            return lastError;
        }
        return lastError.getTimeStamp() - lastThrown.getTimeStamp() > ONE_FAILURE.toMillis() ? lastError : lastThrown;
    }

    private static String describe(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return thrown == null
                ? event.getFormattedMessage()
                : "%s (%s)".formatted(event.getFormattedMessage().strip(), describe(innermost(thrown)));
    }

    private static IThrowableProxy innermost(IThrowableProxy thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }

    private static String describe(IThrowableProxy thrown) {
        var name = thrown.getClassName().substring(thrown.getClassName().lastIndexOf('.') + 1);
        if (thrown.getMessage() == null) {
            return name;
        }
        // an IOException's message comes from the operating system and is clear; the message of others may be only a
        // name
        return thrown.getClassName().equals(IOException.class.getName())
                ? thrown.getMessage()
                : name + ": " + thrown.getMessage();
    }
}
