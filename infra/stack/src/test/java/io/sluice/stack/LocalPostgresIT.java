package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {
    @TempDir
    Path dir;

    @Test
    void keepsWhatWasCommittedAndWritesItThrough() throws Exception {
        try (var postgres = LocalPostgres.start(dir)) {
            execute(postgres.jdbcUrl(), "CREATE TABLE kept (n int)");
            execute(postgres.jdbcUrl(), "INSERT INTO kept VALUES (1)");
            assertThat(query(postgres.jdbcUrl(), "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres.jdbcUrl(), "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres.jdbcUrl(), "SHOW server_version")).startsWith("18.");
        }
        assertThat(Postmaster.of(dir.resolve("data"))).isEmpty();

        try (var postgres = LocalPostgres.start(dir)) {
            assertThat(query(postgres.jdbcUrl(), "SELECT count(*) FROM kept")).isEqualTo("1");
        }
    }

    @Test
    void acceptsAsManyConnectionsAsItIsAskedTo() throws Exception {
        try (var postgres = LocalPostgres.start(dir, LocalPostgres.sharedBinaries(), Part.LOOPBACK, 0, 320)) {
            assertThat(query(postgres.jdbcUrl(), "SHOW max_connections")).isEqualTo("320");
        }
    }

    @Test
    void recoversAfterTheServerWasKilled() throws Exception {
        var postgres = LocalPostgres.start(dir);
        execute(postgres.jdbcUrl(), "CREATE TABLE kept (n int)");
        execute(postgres.jdbcUrl(), "INSERT INTO kept VALUES (1)");

        ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
        postgres.close();

        try (var again = LocalPostgres.start(dir, LocalPostgres.sharedBinaries(), Part.LOOPBACK, postgres.port())) {
            assertThat(query(again.jdbcUrl(), "SELECT count(*) FROM kept")).isEqualTo("1");
        }
    }

    @Test
    void stopsTheServerThatOutlivedItsJvmAndItsGuard() throws Exception {
        ProcessHandle orphan;
        try (var killed = PartProcess.start("postgres", dir, 0)) {
            execute(killed.address(), "CREATE TABLE kept (n int)");
            orphan = ProcessHandle.of(
                            Postmaster.of(dir.resolve("data")).orElseThrow().pid())
                    .orElseThrow();
            killed.killWithItsChildren();
        }
        assertThat(orphan.isAlive()).isTrue();

        try (var postgres = LocalPostgres.start(dir)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            assertThat(query(postgres.jdbcUrl(), "SELECT count(*) FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void makesAClusterAnewThatWasCutShortInTheMaking() throws Exception {
        Files.createDirectories(dir.resolve("data"));
        Files.writeString(dir.resolve("data/postgresql.conf"), "half a cluster");

        try (var postgres = LocalPostgres.start(dir)) {
            assertThat(query(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        LocalPostgres.start(dir).close();
        Files.writeString(dir.resolve("data/postgresql.conf"), "shared_buffers = plenty");

        assertThatThrownBy(() -> LocalPostgres.start(dir))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(dir.toString())
                .hasMessageContaining("postgresql.conf\" contains errors");
    }

    @Test
    void servesFromAFolderWhoseNameHasSpaces() throws Exception {
        try (var postgres = LocalPostgres.start(dir.resolve("it's a folder"))) {
            assertThat(query(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void isTheSameOnEveryMachineAndHasNoSocketFile() throws Exception {
        try (var postgres = LocalPostgres.start(dir)) {
            assertThat(query(postgres.jdbcUrl(), "SHOW unix_socket_directories"))
                    .isEmpty();
            assertThat(query(postgres.jdbcUrl(), "SELECT lower('IÉ') || upper('iß')"))
                    .isEqualTo("iéIß");
            assertThat(query(
                            postgres.jdbcUrl(),
                            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'sluice'"))
                    .isEqualTo("bC.UTF-8");
        }
    }

    @Test
    void otherUsersCannotChangeItsPrograms() throws Exception {
        var folder = dir.resolve("programs");
        PostgresPrograms.unpackedIn(folder);
        assertThat(writableByOthers(folder)).isEmpty();

        try (var files = Files.walk(folder)) {
            for (var file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        }
        PostgresPrograms.unpackedIn(folder);
        assertThat(writableByOthers(folder)).isEmpty();
    }

    private static List<Path> writableByOthers(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var found = new ArrayList<Path>();
            for (var file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (permissions.charAt(4) == 'w' || permissions.charAt(7) == 'w') {
                    found.add(file);
                }
            }
            return found;
        }
    }

    @Test
    void namesTheVariableWhenItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalPostgres.start(
                            dir, LocalPostgres.sharedBinaries(), Part.LOOPBACK, taken.getLocalPort()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("SLUICE_POSTGRES_PORT");
        }
    }

    static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
