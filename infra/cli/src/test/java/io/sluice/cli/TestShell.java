package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** Runs verbs and keeps what they say. */
public final class TestShell {
    private final Map<String, String> environment = new HashMap<>(
            Map.of("SLUICE_DATA_DIR", "target/no-such-folder", "XDG_CONFIG_HOME", "target/no-such-folder"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public TestShell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** {@return the exit code} */
    public int run(String... args) {
        return runWith("", args);
    }

    /** {@return the exit code of a verb that was given this standard input} */
    public int runWith(String input, String... args) {
        out.reset();
        err.reset();
        var shell = new CommandContext(
                environment,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        return Sluice.run(shell, args);
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }
}
