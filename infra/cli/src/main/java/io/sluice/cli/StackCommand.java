package io.sluice.cli;

import io.sluice.local.Logs;
import io.sluice.stack.Endpoints;
import io.sluice.stack.Stack;
import io.sluice.stack.StackConfig;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

@Command(
        name = "stack",
        description = "Start the local stack alone (Kafka, Postgres, S3, Qdrant stand-in), until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class StackCommand implements Callable<Integer> {
    private final Shell shell;

    StackCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        var config = StackConfig.from(shell.environment());
        Logs.toFile(config.dataDir(), "stack");
        new UntilStopped(shell.err())
                .stayUp(progress -> start(config, progress), stack -> sayReady(config, stack), Stack::close);
        return 0;
    }

    private static Stack start(StackConfig config, Consumer<String> progress) {
        progress.accept("Starting Kafka, Postgres, the S3 store and the Qdrant stand-in over " + config.dataDir());
        return Stack.start(config);
    }

    private void sayReady(StackConfig config, Stack stack) {
        stack.endpoints().write(config.dataDir());
        shell.out().println("sluice stack ready: " + Endpoints.file(config.dataDir()));
    }
}
