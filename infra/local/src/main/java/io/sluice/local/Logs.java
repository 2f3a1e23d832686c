package io.sluice.local;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where logs go. Until told otherwise, nowhere but errors to standard error. */
public final class Logs {
    private Logs() {}

    /**
     * From now on to a rolling file in the folder {@code logs/} of the data folder, errors to standard error as well. If
     * the broker ends the process, its last error is the last line there.
     *
     * @param name of the file, without its ending
     */
    public static void toFile(Path dataDir, String name) {
        var folder = dataDir.resolve("logs");
        var context = configure("/logging/file.xml", Map.of("LOG_DIR", folder.toString(), "LOG_NAME", name));
        var lastWords = new LastWords(folder.resolve(name + ".log"));
        lastWords.setContext(context);
        lastWords.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lastWords);
        lastWords.sayThemWhenKafkaEndsTheProcess();
    }

    /** From now on to standard error, for a process that somebody else collects the logs of. */
    public static void toConsole() {
        configure("/logging/console.xml", Map.of());
    }

    /** Lucene and the Postgres starter speak to java.util.logging, whose own handler would write to the terminal. */
    private static void bridgeJavaLogging() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static LoggerContext configure(String resource, Map<String, String> properties) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        bridgeJavaLogging();
        properties.forEach(context::putProperty);
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(Objects.requireNonNull(Logs.class.getResource(resource), resource));
            return context;
        } catch (JoranException e) {
            throw new IllegalStateException(resource + " is not a Logback configuration", e);
        }
    }
}
