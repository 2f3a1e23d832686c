package io.sluice.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Says why the process ends when Kafka ends it. The broker halts the JVM when it cannot write to its folder any more, a
 * full disk above all, and tells its log alone. So this remembers the last errors that were logged, and the last line on
 * standard error names the cause.
 */
final class LastWords extends AppenderBase<ILoggingEvent> {
    /** A broker logs the cause first, then what follows from it. */
    private static final Duration ONE_FAILURE = Duration.ofSeconds(10);

    private final Path log;
    private @Nullable ILoggingEvent lastError;
    private @Nullable ILoggingEvent lastThrown;

    /**
     * Prepares the words.
     *
     * @param log where the reader finds more
     */
    LastWords(Path log) {
        this.log = log;
    }

    /** From now on, says the cause when Kafka ends the process. */
    void sayThemWhenKafkaEndsTheProcess() {
        Exit.setHaltProcedure((status, _) -> {
            System.err.println(sentence());
            Runtime.getRuntime().halt(status);
        });
        Exit.setExitProcedure((status, _) -> {
            System.err.println(sentence());
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

    /** {@return the sentence for the person at the keyboard} */
    synchronized String sentence() {
        var cause = cause();
        return "sluice: Kafka ended this process%s; the log is %s"
                .formatted(cause == null ? "" : ": " + describe(cause).replaceAll("\\s*\\R\\s*", " "), log);
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
        // an IOException's message is the operating system's own; of others the message alone may be no more than a
        // name
        return thrown.getClassName().equals(IOException.class.getName())
                ? thrown.getMessage()
                : name + ": " + thrown.getMessage();
    }
}
