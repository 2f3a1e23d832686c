package io.sluice.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Postgres server, found through the file {@code postmaster.pid} in its data folder. */
final class Postmaster {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration FAST = Duration.ofSeconds(15);
    private static final Duration IMMEDIATE = Duration.ofSeconds(5);

    private final ProcessHandle process;

    private Postmaster(ProcessHandle process) {
        this.process = process;
    }

    /** Finds the running server of a data folder, such as one that outlived a JVM after kill -9. */
    static Optional<Postmaster> of(Path dataDir) {
        try {
            var file = dataDir.resolve("postmaster.pid");
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            try (var lines = Files.lines(file)) {
                return lines.findFirst()
                        .map(String::strip)
                        .filter(line -> line.matches("\\d{1,18}"))
                        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                        .filter(ProcessHandle::isAlive)
                        .filter(Postmaster::isPostgres)
                        .map(Postmaster::new);
            }
        } catch (IOException e) {
            throw new StackException("The Postgres folder %s cannot be read (%s)".formatted(dataDir, e), e);
        }
    }

    /** Checks the program's name, because the system may have given the process id to another program. */
    private static boolean isPostgres(ProcessHandle handle) {
        return handle.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    long pid() {
        return process.pid();
    }

    /**
     * Stops the server with SIGINT, which rolls back open transactions and disconnects clients. If the server does not
     * stop within 15 s, sends SIGQUIT, after which it recovers at its next start.
     */
    void stop() {
        log.atInfo().addKeyValue("pid", process.pid()).log("Stopping a Postgres that still runs over this folder");
        if (!signalled("INT", FAST) && !signalled("QUIT", IMMEDIATE)) {
            throw new StackException(
                    "Postgres (process %d) still runs over this folder and does not stop: end that process"
                            .formatted(process.pid()));
        }
    }

    private boolean signalled(String signal, Duration patience) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | ExecutionException e) {
            throw new StackException("Postgres (process %d) cannot be stopped".formatted(process.pid()), e);
        }
    }
}
