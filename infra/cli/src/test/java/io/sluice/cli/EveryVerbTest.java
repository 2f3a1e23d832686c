package io.sluice.cli;

import static io.sluice.cli.HostileTextTest.HIDDEN;
import static io.sluice.cli.HostileTextTest.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.cli.command.CommandContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every verb that picocli knows, so a new verb too, shows the hidden characters of its arguments and of a refusal. */
class EveryVerbTest {
    /** As arguments of a process, which end at a NUL. */
    private static final String ARGUMENT = HOSTILE.replace("\0", "");

    /** They would start servers, or write files, whatever they are given. */
    private static final Set<String> START_AT_ONCE = Set.of("demo", "up", "stack", "models generate", "samples photos");

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    /** {@return the names of all verbs that do something, those below another verb included} */
    static List<String> verbs() {
        return specs().map(EveryVerbTest::name).toList();
    }

    static Stream<String> harmlessVerbs() {
        return verbs().stream().filter(verb -> !START_AT_ONCE.contains(verb));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void anUnknownOption(String verb) {
        var arguments = arguments(verb);
        arguments.add("--no" + ARGUMENT);

        assertThat(shell.run(arguments.toArray(String[]::new))).isEqualTo(2);

        assertThat(shell.err()).contains("a\\u001b[2J").doesNotContainPattern(HIDDEN);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void explainsItself(String verb) {
        var arguments = words(verb);
        arguments.addFirst("help");

        assertThat(shell.run(arguments.toArray(String[]::new))).isZero();

        assertThat(shell.out()).startsWith("Usage: sluice " + verb + " ");
    }

    @ParameterizedTest
    @MethodSource("harmlessVerbs")
    void argumentsAndARefusal(String verb) {
        var text = JsonNodeFactory.instance.textNode(HOSTILE);
        gateway.answeringEverything(422, "{\"code\":%s,\"title\":%s,\"detail\":%s}".replace("%s", text.toString()));
        shell.with("KAFKA_BOOTSTRAP_SERVERS", ARGUMENT);

        var code = shell.runWith("p\n", arguments(verb).toArray(String[]::new));

        assertThat(code).isBetween(0, 2);
        assertThat(shell.out()).doesNotContainPattern(HIDDEN);
        assertThat(shell.err()).doesNotContainPattern(HIDDEN);
        if (code != 0) {
            assertThat(shell.err()).isNotBlank();
        }
    }

    /** A value for each argument that the verb needs, and for each text that it takes. */
    private static List<String> arguments(String verb) {
        var spec = specs().filter(each -> name(each).equals(verb)).findFirst().orElseThrow();
        var arguments = words(verb);
        for (var option : spec.options()) {
            if (option.required() || option.longestName().equals("--password-stdin")) {
                addOption(arguments, option);
            }
        }
        for (var positional : spec.positionalParameters()) {
            arguments.add(value(positional.typeInfo().getType()));
        }
        return arguments;
    }

    private static void addOption(List<String> arguments, OptionSpec option) {
        arguments.add(option.longestName());
        if (option.arity().max() > 0) {
            arguments.add(value(option.typeInfo().getType()));
        }
    }

    private static String value(Class<?> type) {
        var isText = type == String.class || type == Path.class || Collection.class.isAssignableFrom(type);
        return isText ? ARGUMENT : "1";
    }

    private static Stream<CommandSpec> specs() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        return leaves(
                Sluice.commandLine(new CommandContext(Map.of(), InputStream.nullInputStream(), nowhere, nowhere)));
    }

    private static Stream<CommandSpec> leaves(CommandLine line) {
        var below = line.getSubcommands().values().stream().distinct().toList();
        return below.isEmpty()
                ? Stream.of(line.getCommandSpec())
                : Stream.concat(
                                line.getCommand() instanceof Sluice ? Stream.empty() : Stream.of(line.getCommandSpec()),
                                below.stream().flatMap(EveryVerbTest::leaves))
                        .filter(spec -> spec.userObject() instanceof Callable<?>);
    }

    private static String name(CommandSpec spec) {
        return spec.qualifiedName(" ").substring("sluice ".length());
    }

    private static List<String> words(String verb) {
        return new ArrayList<>(List.of(verb.split(" ", -1)));
    }
}
