package io.sluice.cli.face;

import io.sluice.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Enrolls, shows and deletes the caller's face. */
@Command(
        name = "face",
        description = "Be found in photos by your face: enroll it, look, or have it forgotten.",
        mixinStandardHelpOptions = true)
public final class FaceCommand {
    private FaceCommand() {}

    /** {@return the verb with its sub-commands} */
    public static CommandLine with(CommandContext context) {
        return new CommandLine(new FaceCommand())
                .addSubcommand(new EnrollFace(context))
                .addSubcommand(new ShowFace(context))
                .addSubcommand(new ForgetFace(context));
    }
}
