package io.sluice.cli;

import io.sluice.local.Logs;
import io.sluice.local.Up;
import io.sluice.stack.StackConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "up",
        description = "Start the local stack and all services, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private final Shell shell;

    UpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        var config = StackConfig.from(shell.environment());
        Logs.toFile(config.dataDir(), "sluice");
        new UntilStopped(shell.err())
                .stayUp(
                        progress -> Up.start(config, shell.environment(), progress),
                        up -> shell.out().println("sluice ready: " + up.url()),
                        Up::close);
        return 0;
    }
}
