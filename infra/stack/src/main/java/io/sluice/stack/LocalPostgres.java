package io.sluice.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 beside this JVM, over one folder: {@code data/} holds the cluster, {@code log/} its log. Commits are on disk before they are answered. Everybody on the machine is trusted, as
 * user {@code postgres}; there is a database {@code sluice}.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
    private static final String DATABASE = "sluice";
    private static final String USER = "postgres";
    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final int START_ATTEMPTS = 3;

    private final EmbeddedPostgres server;
    private final Path dataDir;
    private final String host;

    private LocalPostgres(EmbeddedPostgres server, Path dataDir, String host) {
        this.server = server;
        this.dataDir = dataDir;
        this.host = host;
    }

    /** Starts a server on a free port of the loopback address, its binaries shared with others like it: for tests. */
    public static LocalPostgres start(Path dir) {
        return start(dir, sharedBinaries(), Part.LOOPBACK, 0);
    }

    /**
     * Starts a server and returns when it takes connections. A server that an earlier run left behind over the same
     * folder is stopped first, whatever its port.
     *
     * @param binaries where the server's programs are unpacked, which takes some seconds when they are not there yet
     * @param port 0 for any free one
     */
    public static LocalPostgres start(Path dir, Path binaries, String bind, int port) {
        var data = dir.resolve("data");
        Postmaster.of(data).ifPresent(Postmaster::stop);
        var listen = Part.POSTGRES.claim(bind, port);
        try {
            var complete = dir.resolve("complete");
            if (!Files.exists(complete)) {
                deleteTree(data); // an initdb that was cut short; nothing was ever served from it
            }
            var postgres = new LocalPostgres(startServer(dir, binaries, bind, listen), data, Part.reachable(bind));
            try {
                postgres.createDatabase();
                Files.writeString(complete, "This cluster has served: never delete it as half made.\n");
            } catch (IOException | SQLException | RuntimeException e) {
                postgres.close();
                throw e;
            }
            return postgres;
        } catch (IOException | SQLException | RuntimeException e) {
            throw new StackException(whyNot(dir, e), e);
        }
    }

    /** {@return the address of the database {@code sluice}, without user or password} */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, server.getPort(), DATABASE);
    }

    /** {@return the only user; no password is asked for} */
    public String user() {
        return USER;
    }

    /** {@return the port it listens on} */
    public int port() {
        return server.getPort();
    }

    /** {@return the server's process id, for tests that kill it} */
    public long pid() {
        return Postmaster.of(dataDir)
                .orElseThrow(() -> new IllegalStateException("Postgres is not running"))
                .pid();
    }

    /** Cuts clients off and stops the server with everything on disk. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Postgres did not stop when asked to");
        }
        Postmaster.of(dataDir).ifPresent(Postmaster::stop);
    }

    static Path sharedBinaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "sluice-postgres-" + System.getProperty("user.name"));
    }

    private static EmbeddedPostgres startServer(Path dir, Path binaries, String bind, int port) throws IOException {
        for (var attempt = 1; ; attempt++) {
            try {
                return server(dir, binaries, bind, port).start();
            } catch (IOException | RuntimeException e) {
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
                // children of a killed postmaster may hold its shared memory for a moment
                log.atInfo().addKeyValue("attempt", attempt).setCause(e).log("Postgres did not start, trying again");
                Postmaster.of(dir.resolve("data")).ifPresent(Postmaster::stop);
            }
        }
    }

    private static EmbeddedPostgres.Builder server(Path dir, Path binaries, String bind, int port) throws IOException {
        var logs = Files.createDirectories(dir.resolve("log")).toAbsolutePath();
        return EmbeddedPostgres.builder()
                .setDataDirectory(dir.resolve("data").toAbsolutePath())
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(
                        Files.createDirectories(binaries).toAbsolutePath().toFile())
                .setRegisterShutdownHook(false) // whoever started us closes us, after the services
                .setPort(port)
                .setPGStartupWait(START_WITHIN)
                .setServerConfig("listen_addresses", bind)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", logs.toString())
                .setServerConfig("log_filename", "postgres-%a.log") // a week of them
                .setServerConfig("log_truncate_on_rotation", "on");
    }

    private void createDatabase() throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            try (var known = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (known.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE + " ENCODING 'UTF8' TEMPLATE template0");
        }
    }

    private static String whyNot(Path dir, Exception e) {
        if ("root".equals(System.getProperty("user.name")) && !userNamespaces()) {
            return "PostgreSQL refuses to run as root, and this system allows no user namespaces: run Sluice as a normal user";
        }
        return "Postgres did not start in %s (%s); its log is in %s".formatted(dir, e.getMessage(), dir.resolve("log"));
    }

    private static boolean userNamespaces() {
        try {
            var probe = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
