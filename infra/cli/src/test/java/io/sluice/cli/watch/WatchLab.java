package io.sluice.cli.watch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A watcher over a folder, with a gateway that pretends and a time that the test moves. */
final class WatchLab implements AutoCloseable {
    private static final String JPEG = "\u00ff\u00d8\u00ff";

    final FakePhotos gateway = new FakePhotos();
    final TestPace pace = new TestPace();
    final Path folder;
    final Map<String, String> environment = new HashMap<>();

    Optional<Path> moveTo = Optional.empty();
    boolean recursive = true;
    Duration settle = Duration.ofSeconds(2);
    int batch = 100;
    boolean waits;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    WatchLab(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        environment.putAll(Map.of(
                "SLUICE_URL", gateway.url(),
                "SLUICE_TOKEN", "token",
                "SLUICE_DATA_DIR", "target/no-such-folder",
                "XDG_CONFIG_HOME", "target/no-such-folder"));
    }

    /** {@return the content of a photo, as the gateway sees it} */
    static String content(String text) {
        return JPEG + " a photo of " + text;
    }

    /** Writes a photo; its content follows from the text. */
    Path photo(String name, String text) throws IOException {
        return file(name, content(text));
    }

    Path photo(String name) throws IOException {
        return photo(name, name);
    }

    Path file(String name, String content) throws IOException {
        var path = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        return Files.write(path, content.getBytes(ISO_8859_1));
    }

    /** Watches until the test stops it. */
    ExitCode watch() throws IOException {
        return run(Optional.empty());
    }

    /** Uploads what is there. */
    ExitCode once() throws IOException {
        return run(Optional.of(Duration.ofSeconds(60)));
    }

    private ExitCode run(Optional<Duration> once) throws IOException {
        out.reset();
        err.reset();
        var context = new CommandContext(
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        var options = new WatchOptions(
                folder, journal(), moveTo, recursive, Duration.ofSeconds(2), settle, batch, once, waits);
        return new WatchRun(context, options, pace).run();
    }

    Path journal() {
        return folder.resolve(".sluice-watch");
    }

    List<String> journalLines() throws IOException {
        return Files.readAllLines(journal());
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
