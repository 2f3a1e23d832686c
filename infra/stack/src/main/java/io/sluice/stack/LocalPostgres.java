package io.sluice.stack;

import static java.util.Map.entry;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 in a process of its own, over one folder: {@code data/} holds the cluster, {@code log/} its log.
 * A commit is on disk before the server answers it. The server ends with this JVM, even if the JVM is killed. Everybody
 * on this machine can connect as the user {@code postgres} without a password. There is a database {@code sluice}.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
    /** How many connections a server accepts by default. */
    static final int CONNECTIONS = 100;

    private static final String DATABASE = "sluice";
    private static final String USER = "postgres";
    private static final String DRAFT = "cluster-";
    /** PostgreSQL's own rules for letters, which do not depend on the machine. */
    private static final List<String> LOCALE =
            List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");

    private static final Duration CLUSTER_WITHIN = Duration.ofMinutes(1);
    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final Duration TRY_AGAIN_FOR = Duration.ofSeconds(10);
    private static final Duration TRY_AGAIN_EVERY = Duration.ofMillis(250);

    private final GuardedPostgres server;
    private final Path dataDir;
    private final String host;
    private final int port;

    private LocalPostgres(GuardedPostgres server, Path dataDir, String host, int port) {
        this.server = server;
        this.dataDir = dataDir;
        this.host = host;
        this.port = port;
    }

    /**
     * Starts a server on a free port of the loopback address, for tests. All such servers share one folder of programs.
     */
    public static LocalPostgres start(Path dir) {
        return start(dir, sharedBinaries(), Part.LOOPBACK, 0);
    }

    /** Starts a server as {@link #start(Path, Path, String, int, int)} does, with the default number of connections. */
    public static LocalPostgres start(Path dir, Path binaries, String bind, int port) {
        return start(dir, binaries, bind, port, CONNECTIONS);
    }

    /**
     * Starts a server and returns when it accepts connections. If an earlier run left a server on the same folder, that
     * server is stopped first.
     *
     * @param binaries the folder of the server's programs; unpacking them takes some seconds when they are not there
     *     yet
     * @param port 0 for any free port
     * @param connections how many connections it accepts
     */
    static LocalPostgres start(Path dir, Path binaries, String bind, int port, int connections) {
        var folder = dir.toAbsolutePath();
        var data = folder.resolve("data");
        Postmaster.of(data).ifPresent(Postmaster::stop);
        var listen = Part.POSTGRES.claim(bind, port);
        try {
            var logs = Files.createDirectories(folder.resolve("log"));
            var programs = PostgresPrograms.unpackedIn(binaries);
            var complete = folder.resolve("complete");
            if (!Files.exists(complete)) {
                makeCluster(programs, folder, logs);
            }
            var server = startServer(programs, data, logs, settings(bind, listen, logs, connections));
            var postgres = new LocalPostgres(server, data, Part.reachable(bind), listen);
            try {
                postgres.createDatabase();
                Files.writeString(
                        complete, "This cluster is complete and may hold data. Sluice does not replace it.\n");
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
        return jdbcUrl(DATABASE);
    }

    /** {@return the only user, who needs no password} */
    public String user() {
        return USER;
    }

    /** {@return the port it listens on} */
    public int port() {
        return port;
    }

    /** {@return the server's process id, for tests that kill it} */
    public long pid() {
        return Postmaster.of(dataDir)
                .orElseThrow(() -> new IllegalStateException("Postgres is not running"))
                .pid();
    }

    /** Disconnects clients and stops the server. All commits are on disk then. */
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

    /**
     * Makes a new cluster in a draft folder, and moves it to its place when it is complete. The draft has a unique
     * name, because a killed process may leave an {@code initdb} that still writes to its own draft. A replaced cluster
     * was never complete, so it holds no data.
     */
    private static void makeCluster(PostgresPrograms programs, Path folder, Path logs) throws IOException {
        var data = folder.resolve("data");
        Folders.delete(data);
        removeDrafts(folder);
        var draft = Files.createTempDirectory(folder, DRAFT);
        var builder = new ProcessBuilder(
                        programs.command("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "-D", draft.toString()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(logs.resolve("initdb.log").toFile()));
        builder.command().addAll(LOCALE);
        PostgresPrograms.useNoLocale(builder);
        var initdb = builder.start();
        try {
            if (!initdb.waitFor(CLUSTER_WITHIN) || initdb.exitValue() != 0) {
                throw new IOException("the cluster could not be made, see initdb.log");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            initdb.destroy();
        }
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeDrafts(Path folder) throws IOException {
        try (var drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (var draft : drafts) {
                Folders.delete(draft);
            }
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            log.atInfo().setCause(e).log("An initdb still writes to its folder, which the next start removes");
        }
    }

    /**
     * Tries for ten seconds: children of a killed server may hold its shared memory for a moment, and a new server
     * cannot start until then.
     */
    private static GuardedPostgres startServer(
            PostgresPrograms programs, Path data, Path logs, Map<String, String> settings) throws IOException {
        var deadline = OptionalLong.empty();
        while (true) {
            try {
                return GuardedPostgres.start(programs, data, logs.resolve("start.log"), settings, START_WITHIN);
            } catch (IOException e) {
                // from the first refusal on: a server that recovers a crash may take long before it
                deadline =
                        deadline.isPresent() ? deadline : OptionalLong.of(System.nanoTime() + TRY_AGAIN_FOR.toNanos());
                if (System.nanoTime() > deadline.getAsLong()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                log.atInfo().setCause(e).log("Postgres did not start, trying again");
                LockSupport.parkNanos(TRY_AGAIN_EVERY.toNanos());
            }
        }
    }

    private static Map<String, String> settings(String bind, int port, Path logs, int connections) {
        return Map.ofEntries(
                entry("port", Integer.toString(port)),
                entry("listen_addresses", bind),
                // clients use TCP; a socket in a folder that everybody shares would be one more door
                entry("unix_socket_directories", ""),
                entry("fsync", "on"),
                entry("synchronous_commit", "on"),
                entry("max_connections", Integer.toString(connections)),
                entry("timezone", "UTC"),
                entry("logging_collector", "on"),
                entry("log_directory", logs.toString()),
                entry("log_filename", "postgres-%a.log"), // one for each weekday, so a week of logs
                entry("log_truncate_on_rotation", "on"));
    }

    private void createDatabase() throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, "");
                var statement = connection.createStatement()) {
            try (var known = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (known.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE + " ENCODING 'UTF8' TEMPLATE template0");
        }
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    private static String whyNot(Path dir, Exception e) {
        var obstacle = PostgresPrograms.obstacle();
        return obstacle != null
                ? obstacle
                : "Postgres did not start in %s (%s); its log is in %s"
                        .formatted(dir, e.getMessage(), dir.resolve("log"));
    }
}
