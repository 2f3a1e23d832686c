package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List all users.", mixinStandardHelpOptions = true)
final class ListUsers implements Callable<ExitCode> {
    private final CommandContext context;

    ListUsers(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            gateway.ask(client -> client.users().list())
                    .forEach(user -> context.printLine("%-24s  %-8s  %-8s  %s"
                            .formatted(
                                    user.username(),
                                    user.role(),
                                    user.disabled() ? "disabled" : "enabled",
                                    user.createdAt())));
        }
        return ExitCode.SUCCESS;
    }
}
