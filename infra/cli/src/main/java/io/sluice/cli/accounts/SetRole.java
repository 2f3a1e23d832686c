package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.accounts.UserChange;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "role", description = "Give a user another role.", mixinStandardHelpOptions = true)
final class SetRole implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the user's name")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ROLE", description = "admin, producer or user")
    private String role = "";

    SetRole(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var user = gateway.ask(client -> client.users().change(name, UserChange.ofRole(role)));
            context.out().printf("%s: role %s%n", user.username(), user.role());
        }
        return ExitCode.SUCCESS;
    }
}
