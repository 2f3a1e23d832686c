package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A Postgres server that ends with this JVM, even if the JVM is killed. A guard, which is a shell script, starts the
 * server. The guard stops the server when its pipe from this JVM is closed: by {@link #close}, or by the operating
 * system.
 */
final class GuardedPostgres implements AutoCloseable {
    /** Longer than the guard takes for all its signals, which is 22 s. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
    /**
     * How long {@code pg_ctl} waits for the server. Much longer than callers wait, so the caller always gives up first.
     */
    private static final Duration GUARD_WAITS = Duration.ofHours(1);

    private final Process guard;

    private GuardedPostgres(Process guard) {
        this.guard = guard;
    }

    /**
     * Starts a server over a cluster and returns when the server accepts connections.
     *
     * @param log where the server writes until it has its own log
     * @param settings as in {@code postgresql.conf}
     * @throws IOException with the server's last error when it does not start within {@code patience}
     */
    static GuardedPostgres start(
            PostgresPrograms programs, Path data, Path log, Map<String, String> settings, Duration patience)
            throws IOException {
        var options = settings.entrySet().stream()
                .map(setting -> "-c " + quoted(setting.getKey() + "=" + setting.getValue()))
                .collect(Collectors.joining(" "));
        var waits = Long.toString(GUARD_WAITS.toSeconds());
        // pg_ctl gives the server a session of its own, so that Ctrl-C in a terminal does not reach it
        var start = programs.command("pg_ctl", "start", "-s", "-w", "-t", waits, "-D", data.toString(), "-o", options);
        var builder = new ProcessBuilder("/bin/sh", "-c", script(), "postgres-guard", data.toString());
        builder.command().addAll(start);
        PostgresPrograms.useNoLocale(builder);
        Files.deleteIfExists(log);
        var guarded = new GuardedPostgres(
                builder.redirectError(Redirect.appendTo(log.toFile())).start());
        try {
            if (!guarded.isServing(patience)) {
                throw new IOException(lastWord(log));
            }
            return guarded;
        } catch (IOException | RuntimeException e) {
            try (guarded) { // the guard waits for the server
                Postmaster.of(data).ifPresent(Postmaster::stop);
            }
            throw e;
        }
    }

    /**
     * Waits for the guard's one line of output, the server's process id. A guard that ends without output could not
     * start the server.
     */
    private boolean isServing(Duration patience) throws IOException {
        var word = new CompletableFuture<Boolean>();
        Thread.ofPlatform().daemon().name("postgres-guard").start(() -> {
            try {
                word.complete(guard.inputReader().readLine() != null);
            } catch (IOException e) {
                word.completeExceptionally(e);
            }
        });
        try {
            return word.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it did not answer within %d s".formatted(patience.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new IOException("the output of its guard cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Disconnects clients and stops the server. Returns when the server has stopped, or after 25 s. */
    @Override
    public void close() throws IOException {
        guard.getOutputStream().close();
        try {
            if (!guard.waitFor(STOP_WITHIN)) {
                guard.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Quotes an option for the shell that pg_ctl passes it to. */
    private static String quoted(String option) {
        return "'" + option.replace("'", "'\\''") + "'";
    }

    private static String lastWord(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("FATAL") || line.contains("error"))
                    .reduce((_, later) -> later)
                    .orElse("it ended without an error in its log");
        }
    }

    private static String script() {
        try (InputStream in = GuardedPostgres.class.getResourceAsStream("postgres-guard.sh")) {
            return new String(Objects.requireNonNull(in, "postgres-guard.sh").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
