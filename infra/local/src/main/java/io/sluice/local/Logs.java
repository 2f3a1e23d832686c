package io.sluice.local;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.sluice.stack.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets where this process logs. Before a call here, only errors are logged, to standard error. */
public final class Logs {
    private Logs() {}

    /**
     * From now on, logs to a rolling file in the folder {@code logs/} of the data folder, and errors to standard error
     * as well. If the broker ends the process, the last line on standard error says why.
     *
     * @param dataDir is made if it does not exist
     * @param name the name of the file, without {@code .log}
     * @return what the user should know about the permissions of the data folder; empty when they were right
     */
    public static Optional<String> toFile(Path dataDir, String name) {
        Optional<String> notice;
        try {
            notice = DataFolder.make(dataDir);
        } catch (IOException e) {
            throw new StartException("The data folder %s cannot be made (%s)".formatted(dataDir, e));
        }
        var folder = dataDir.resolve("logs");
        var context = configure("/logging/file.xml", Map.of("LOG_DIR", folder.toString(), "LOG_NAME", name));
        var exitMessage = new KafkaExitMessage(folder.resolve(name + ".log"));
        exitMessage.setContext(context);
        exitMessage.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(exitMessage);
        exitMessage.printWhenKafkaEndsTheProcess();
        return notice;
    }

    /** From now on, logs to standard error, for a process whose logs are collected from there. */
    public static void toConsole() {
        configure("/logging/console.xml", Map.of());
    }

    /**
     * Sends java.util.logging, which Lucene and the Postgres driver use, to Logback. Its own handler would write to the
     * terminal.
     */
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
