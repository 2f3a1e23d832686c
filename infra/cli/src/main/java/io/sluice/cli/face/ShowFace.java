package io.sluice.cli.face;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.command.WholeSecond;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description = "Show whether your face is enrolled, and in how many photos it was found.",
        mixinStandardHelpOptions = true)
final class ShowFace implements Callable<ExitCode> {
    private final CommandContext context;

    ShowFace(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var face = gateway.ask(client -> client.faces().find());
            context.printLine(
                    face.enrolled()
                            ? "enrolled since %s, found in %,d photos"
                                    .formatted(WholeSecond.of(face.enrolledAt()), face.photos())
                            : "not enrolled");
        }
        return ExitCode.SUCCESS;
    }
}
