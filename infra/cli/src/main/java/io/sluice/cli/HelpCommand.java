package io.sluice.cli;

import io.sluice.cli.command.ExitCode;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how a verb is used. Picocli's own command of this name does not know verbs below another verb. */
@Command(name = "help", description = "Show how a verb is used, such as help dead-letters redrive.", helpCommand = true)
final class HelpCommand implements Callable<ExitCode> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "VERB", arity = "0..*", description = "the verb, and the verb below it")
    private List<String> words = List.of();

    @Override
    public ExitCode call() {
        var line = Objects.requireNonNull(spec).parent().commandLine();
        for (var word : words) {
            var below = line.getSubcommands().get(word);
            if (below == null) {
                throw new ParameterException(
                        line,
                        "%s has no verb %s".formatted(line.getCommandSpec().qualifiedName(" "), word));
            }
            line = below;
        }
        line.usage(line.getOut());
        return ExitCode.SUCCESS;
    }
}
