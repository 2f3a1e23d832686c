package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, over a project, JDKs and a Maven that only pretend. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "..", "sluice");

    @TempDir
    Path dir;

    private Path project;
    private Path tools;

    @BeforeEach
    void pretend() throws IOException {
        project = Files.createDirectories(dir.resolve("a project"));
        tools = Files.createDirectories(dir.resolve("tools"));
        Files.copy(LAUNCHER, project.resolve("sluice"));
        write(project.resolve("pom.xml"), "<sluice.jvm>-Dserver=flag</sluice.jvm>\n");
        write(project.resolve("schemas/src/main/java/A.java"), "");
        script(tools.resolve("mvn"), """
                echo "$JAVA_HOME $*" >> "$(dirname "$0")/mvn.log"
                case "$*" in *-Dfail) exit 7 ;; *verify*) exit 0 ;; esac
                mkdir -p infra/bench/target schemas/target
                echo built > schemas/target/schemas.jar
                echo built > infra/bench/target/sluice-bench-1.jar
                printf '%s:%s' "$PWD/schemas/target/schemas.jar" /repository/third-party.jar > infra/bench/target/classpath.txt
                """);
        olden(project);
    }

    @Test
    void isValidShell() throws Exception {
        assertThat(run(List.of("bash", "-n", LAUNCHER.toString()), Map.of()).code())
                .isZero();
    }

    @Test
    void takesTheJdk25OfJavaHome() throws Exception {
        var home = jdk("mine", "25.0.1");

        var run = launch(Map.of("JAVA_HOME", home.toString()), "search", "two words");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith(home + "/bin/java").contains("io.sluice.cli.Sluice|search|two words|");
        assertThat(run.out()).doesNotContain("server.args");
    }

    @Test
    void passesOverOtherVersionsUntilItFindsA25() throws Exception {
        var seventeen = jdk("jdks/17", "17.0.15");
        var found = jdk("jdks/25", "25");
        var onPath = jdk("packages/java-21", "21.0.2");
        Files.createSymbolicLink(tools.resolve("java"), onPath.resolve("bin/java"));

        var run = launch(
                Map.of(
                        "JAVA_HOME",
                        seventeen.toString(),
                        "SLUICE_JDK_DIRS",
                        dir.resolve("jdks").toString()),
                "up");

        assertThat(run.out()).startsWith(found + "/bin/java").contains("server.args");
    }

    @Test
    void followsTheLinksOfTheJavaOnPath() throws Exception {
        var found = jdk("packages/java-25", "25.0.1");
        Files.createSymbolicLink(dir.resolve("alternative"), found.resolve("bin/java"));
        Files.createSymbolicLink(tools.resolve("java"), Path.of("../alternative"));

        assertThat(launch(Map.of(), "up").out()).startsWith(found + "/bin/java");
    }

    @Test
    void saysWhatToInstallWhenThereIsNoJdk25() throws Exception {
        var run = launch(Map.of("JAVA_HOME", jdk("old", "17").toString()), "up");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no JDK 25 found", "Install one", "JAVA_HOME");
    }

    @Test
    void buildsOnlyWhatIsStale() throws Exception {
        var home = Map.of("JAVA_HOME", jdk("mine", "25").toString());

        launch(home, "help");
        launch(home, "help");
        assertThat(builds()).as("one build for two runs").hasSize(1);

        write(project.resolve("schemas/src/main/java/A.java"), "changed");
        launch(home, "help");
        assertThat(builds()).as("after a change").hasSize(2);

        olden(project.resolve("schemas"));
        Files.delete(project.resolve("schemas/src/main/java/A.java"));
        launch(home, "help");
        launch(home, "help");
        assertThat(builds()).as("after a deletion").hasSize(3);
    }

    @Test
    void runsFromACopyThatLaterBuildsDoNotTouch() throws Exception {
        var home = Map.of("JAVA_HOME", jdk("mine", "25").toString());
        launch(home, "help");
        var first = Files.readString(project.resolve(".sluice-run/current")).strip();
        var jar = project.resolve(".sluice-run").resolve(first).resolve("lib/schemas.jar");
        var self = ProcessHandle.current().pid();
        write(jar.resolveSibling("../users/" + self).normalize(), "");

        write(project.resolve("schemas/src/main/java/A.java"), "changed");
        launch(home, "help");
        assertThat(jar).as("in use by this process").exists();
        assertThat(Files.readString(project.resolve(".sluice-run/current")).strip())
                .isNotEqualTo(first);

        Files.delete(jar.resolveSibling("../users/" + self).normalize());
        write(project.resolve("schemas/src/main/java/A.java"), "changed again");
        launch(home, "help");
        assertThat(jar).as("in use by nobody").doesNotExist();
    }

    @Test
    void buildsOnceForTwoThatStartTogetherAndTakesOverADeadOnesTurn() throws Exception {
        var home = Map.of("JAVA_HOME", jdk("mine", "25").toString());
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(project.resolve(".sluice-run"));
        Files.createSymbolicLink(project.resolve(".sluice-run/lock"), Path.of(Long.toString(dead.pid())));

        var one = process(command("help"), home);
        var other = process(command("help"), home);

        for (var ended : List.of(result(one), result(other))) {
            assertThat(ended.code()).as(ended.err()).isZero();
        }
        assertThat(builds()).hasSize(1);
        assertThat(project.resolve(".sluice-run/lock")).doesNotExist();
    }

    @Test
    void handsTheTestVerbToMavenWithTheRightJdkAndKeepsItsExitCode() throws Exception {
        var home = jdk("mine", "25");

        assertThat(launch(Map.of("JAVA_HOME", home.toString()), "test", "-pl", "schemas")
                        .code())
                .isZero();
        assertThat(launch(Map.of("JAVA_HOME", home.toString()), "test", "-Dfail")
                        .code())
                .isEqualTo(7);
        assertThat(Files.readAllLines(tools.resolve("mvn.log")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(home + " -B -T 2 --fail-at-end verify ")
                                .endsWith(" -pl schemas"),
                        line -> assertThat(line)
                                .startsWith(home + " -B -T 2 --fail-at-end verify ")
                                .endsWith(" -Dfail"));
    }

    @Test
    void runsOneTestByTheNameOfItsClass() throws Exception {
        var home = jdk("mine", "25");
        write(project.resolve("infra/stores/src/test/java/io/StoreTest.java"), "");
        write(project.resolve("gateway/src/test/java/io/DoorIT.java"), "");

        assertThat(launch(Map.of("JAVA_HOME", home.toString()), "test", "StoreTest")
                        .code())
                .isZero();
        assertThat(launch(Map.of("JAVA_HOME", home.toString()), "test", "DoorIT#opens", "-Dsluice.seed=7")
                        .code())
                .isZero();
        assertThat(Files.readAllLines(tools.resolve("mvn.log")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("-pl infra/stores -am verify -Dtest=StoreTest -Dit.test=NoIT "),
                        line -> assertThat(line)
                                .contains("-pl gateway -am verify -Dtest=NoTest -Dit.test=DoorIT#opens ")
                                .endsWith(" -Dsluice.seed=7"));
        var unknown = launch(Map.of("JAVA_HOME", home.toString()), "test", "NobodysTest");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no test class NobodysTest");
    }

    @Test
    void saysThatMavenIsNeeded() throws Exception {
        Files.delete(tools.resolve("mvn"));

        var run = launch(Map.of("JAVA_HOME", jdk("mine", "25").toString()), "up");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Maven is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "tr_TR.UTF-8", "xx_YY.ISO8859-1", ""})
    void namesOfFilesAndArgumentsAreUtf8InEveryLocale(String lang) throws Exception {
        Files.createSymbolicLink(plainTools().resolve("locale"), Path.of("/usr/bin/locale"));
        var home = jdk("mine", "25");
        script(home.resolve("bin/java"), "locale charmap\n");

        var run = launch(Map.of("JAVA_HOME", home.toString(), "LANG", lang), "help");

        assertThat(run.out()).isEqualTo("UTF-8\n");
    }

    /** A real JVM runs the real command line, from a checkout with such a name, on a file with such a name. */
    @ParameterizedTest
    @CsvSource({"C,", "tr_TR.UTF-8, -Duser.language=tr -Duser.country=TR", "ar_EG.UTF-8, -Duser.language=ar"})
    void runsInEveryLocale(String lang, @Nullable String options) throws Exception {
        Files.createSymbolicLink(plainTools().resolve("locale"), Path.of("/usr/bin/locale"));
        var checkout = dir.resolve("Größe of 'ı'");
        Files.move(project, checkout);
        project = checkout;
        script(tools.resolve("mvn"), """
                mkdir -p infra/bench/target
                cp "$(dirname "$0")/classes.jar" infra/bench/target/sluice-bench-1.jar
                cat "$(dirname "$0")/class-path" > infra/bench/target/classpath.txt
                """);
        jar(Path.of("target", "classes"), tools.resolve("classes.jar"));
        var others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("classes"));
        Files.writeString(tools.resolve("class-path"), others.collect(Collectors.joining(":")));
        var file = checkout.resolve("Äpfel İ.ndjson").toString();
        var environment = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home"), "LANG", lang));
        if (options != null) {
            environment.put("SLUICE_JAVA_OPTS", options);
        }

        var run = launch(environment, "index", file);

        assertThat(run.err()).endsWith("sluice: " + file + " does not exist, or cannot be read\n");
        assertThat(run.code()).isEqualTo(1);
    }

    private static void jar(Path classes, Path target) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(target));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    private record Run(int code, String out, String err) {}

    private Run launch(Map<String, String> environment, String... args) throws Exception {
        return run(command(args), environment);
    }

    private List<String> command(String... args) {
        var command = new ArrayList<>(List.of("bash", project.resolve("sluice").toString()));
        command.addAll(List.of(args));
        return command;
    }

    private Run run(List<String> command, Map<String, String> environment) throws Exception {
        return result(process(command, environment));
    }

    private Process process(List<String> command, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", tools + ":" + plainTools());
        builder.environment().put("HOME", dir.toString());
        builder.environment().put("SLUICE_JDK_DIRS", dir.resolve("nowhere").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The commands any system has, and no Java or Maven of this machine. */
    private Path plainTools() throws IOException {
        var plain = dir.resolve("plain");
        if (!Files.exists(plain)) {
            Files.createDirectories(plain);
            for (var name : List.of(
                    "awk",
                    "bash",
                    "cat",
                    "cp",
                    "date",
                    "dirname",
                    "find",
                    "grep",
                    "head",
                    "ln",
                    "mkdir",
                    "mv",
                    "paste",
                    "readlink",
                    "rm",
                    "sed",
                    "sleep",
                    "tee",
                    "touch",
                    "tr")) {
                for (var bin : List.of("/bin", "/usr/bin")) {
                    var tool = Path.of(bin, name);
                    if (Files.exists(tool) && !Files.exists(plain.resolve(name))) {
                        Files.createSymbolicLink(plain.resolve(name), tool);
                    }
                }
            }
        }
        return plain;
    }

    private static Run result(Process process) throws Exception {
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, err);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(tools.resolve("mvn.log"));
    }

    /** A JDK whose java tells how it was called. */
    private Path jdk(String name, String version) throws IOException {
        var home = dir.resolve(name);
        script(home.resolve("bin/javac"), "exit 0\n");
        script(home.resolve("bin/java"), "printf '%s|' \"$0\" \"$@\"\n");
        write(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home.toRealPath();
    }

    private static void script(Path file, String body) throws IOException {
        write(file, "#!/bin/bash\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        // a second from now: file systems and find compare no finer than they like
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
    }

    /** As a clone of some time ago. */
    private static void olden(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
            }
        }
    }
}
