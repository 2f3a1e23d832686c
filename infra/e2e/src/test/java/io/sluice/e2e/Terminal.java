package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.Sluice;
import io.sluice.cli.command.CommandContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A person at a terminal, who runs verbs beside a local stack. Each terminal has sessions of its own. */
final class Terminal {
    private final Map<String, String> environment;

    /**
     * Opens a terminal.
     *
     * @param data the data folder of the stack
     * @param config the folder for the sessions of {@code ./sluice login}
     */
    Terminal(Path data, Path config) {
        this(Map.of("SLUICE_DATA_DIR", data.toString(), "XDG_CONFIG_HOME", config.toString()));
    }

    private Terminal(Map<String, String> environment) {
        this.environment = environment;
    }

    /** {@return a terminal with one more variable} */
    Terminal with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new Terminal(more);
    }

    /** What a verb printed, and its exit code. */
    record Said(int code, String out, String err) {
        /** {@return standard output, if the verb succeeded} */
        String ok() {
            if (code != 0) {
                throw new AssertionError("exit code " + code + ": " + err);
            }
            return out.strip();
        }
    }

    Said run(String... arguments) {
        return runWith("", arguments);
    }

    /** Runs a verb that reads a line from standard input. */
    Said runWith(String line, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var context = new CommandContext(
                environment,
                new ByteArrayInputStream((line + "\n").getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        var code = Sluice.run(context, arguments);
        return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}
