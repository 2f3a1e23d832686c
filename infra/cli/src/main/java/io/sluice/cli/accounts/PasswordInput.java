package io.sluice.cli.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads a password: from the terminal, without showing it, or from standard input. Never from the arguments, which other users of the machine can see. */
final class PasswordInput {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--password-stdin",
            description = "read the password from the first line of standard input; without it, it is asked for")
    private boolean fromStdin;

    /** {@return the password of someone who signs in} */
    String read(CommandContext context, String prompt) {
        return fromStdin ? firstLine(context) : typed(terminal(), prompt);
    }

    /** {@return a new password, which is asked for twice} */
    String readNew(CommandContext context, String prompt) {
        if (fromStdin) {
            return firstLine(context);
        }
        var terminal = terminal();
        var password = typed(terminal, prompt);
        if (!typed(terminal, "Again: ").equals(password)) {
            throw new CommandFailedException("the two passwords differ");
        }
        return password;
    }

    /** {@return what the person at the terminal answers} */
    String ask(String prompt) {
        return Optional.ofNullable(terminal().readLine("%s", prompt)).orElse("").strip();
    }

    private Console terminal() {
        return Optional.ofNullable(System.console())
                .filter(console -> console.isTerminal() && !fromStdin)
                .orElseThrow(() -> new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "There is no terminal to ask at: give the name and --password-stdin"));
    }

    private static String typed(Console terminal, String prompt) {
        var typed = terminal.readPassword("%s", prompt);
        if (typed == null || typed.length == 0) {
            throw new CommandFailedException("no password was given");
        }
        var password = new String(typed);
        Arrays.fill(typed, ' ');
        return password;
    }

    private static String firstLine(CommandContext context) {
        try {
            var line = new BufferedReader(new InputStreamReader(context.in(), UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new CommandFailedException("standard input has no password");
            }
            return line;
        } catch (IOException e) {
            throw new CommandFailedException("the password cannot be read from standard input (%s)".formatted(e));
        }
    }
}
