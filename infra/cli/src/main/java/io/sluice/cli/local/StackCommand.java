package io.sluice.cli.local;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.local.Logs;
import io.sluice.local.PostgresConnections;
import io.sluice.runtime.process.ProcessEnvironment;
import io.sluice.stack.Endpoints;
import io.sluice.stack.Stack;
import io.sluice.stack.StackConfig;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

@Command(
        name = "stack",
        description =
                "Start the local stack alone (Kafka, Postgres, S3, stand-ins for Qdrant and Rekognition), until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class StackCommand implements Callable<ExitCode> {
    private final CommandContext context;

    public StackCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws Exception {
        var environment = context.environment();
        var config = PostgresConnections.enoughFor(environment, StackConfig.from(environment));
        Logs.toFile(config.dataDir(), "stack").ifPresent(context::printNotice);
        ProcessEnvironment.read().log();
        new UntilStopped(context.err())
                .stayUp(progress -> start(config, progress), stack -> sayReady(config, stack), Stack::close);
        return ExitCode.SUCCESS;
    }

    private static Stack start(StackConfig config, Consumer<String> progress) {
        progress.accept("Starting Kafka, Postgres, the S3 store, and the stand-ins for Qdrant and Rekognition over "
                + config.dataDir());
        return Stack.start(config);
    }

    private void sayReady(StackConfig config, Stack stack) {
        stack.endpoints().write(config.dataDir());
        context.out().println("sluice stack ready: " + Endpoints.file(config.dataDir()));
    }
}
