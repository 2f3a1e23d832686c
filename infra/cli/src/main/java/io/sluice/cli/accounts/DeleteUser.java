package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = "Delete a user and everything that belongs to the user. This cannot be undone.",
        mixinStandardHelpOptions = true)
final class DeleteUser implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "the user's name")
    private String name = "";

    DeleteUser(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var job = gateway.ask(client -> client.users().delete(name));
            context.out().printf("%s: queued, job %s%n", name, job);
        }
        return ExitCode.SUCCESS;
    }
}
