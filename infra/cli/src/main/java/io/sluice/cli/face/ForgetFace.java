package io.sluice.cli.face;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "forget",
        description = "Delete your face, its picture, and every match with a photo. Your own photos stay.",
        mixinStandardHelpOptions = true)
final class ForgetFace implements Callable<ExitCode> {
    private final CommandContext context;

    @Option(names = "--no-wait", description = "do not wait until nothing is left")
    private boolean noWait;

    ForgetFace(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var jobId = gateway.ask(client -> client.faces().delete());
            if (noWait) {
                context.printLine("queued, job " + jobId);
                return ExitCode.SUCCESS;
            }
            return FaceJob.await(context, gateway, jobId, "your face is forgotten");
        }
    }
}
