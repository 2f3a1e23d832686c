package io.sluice.cli.samples;

import io.sluice.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Writes sample files to try Sluice with. */
@Command(name = "samples", description = "Write sample files to try Sluice with.", mixinStandardHelpOptions = true)
public final class SamplesCommand {
    private SamplesCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new SamplesCommand()).addSubcommand(new DrawPhotos(context));
    }
}
