package io.sluice.cli.local;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.local.Logs;
import io.sluice.local.Up;
import io.sluice.stack.StackConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "up",
        description = "Start the local stack and all services, until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<ExitCode> {
    private final CommandContext context;

    public UpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws Exception {
        var config = StackConfig.from(context.environment());
        Logs.toFile(config.dataDir(), "sluice").ifPresent(context::printNotice);
        new UntilStopped(context.err())
                .stayUp(
                        progress -> Up.start(config, context.environment(), progress),
                        up -> context.out().println("sluice ready: " + up.url()),
                        Up::close);
        return ExitCode.SUCCESS;
    }
}
