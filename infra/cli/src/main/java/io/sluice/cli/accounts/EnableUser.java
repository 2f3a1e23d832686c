package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.accounts.UserChange;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "enable", description = "Let a disabled user sign in again.", mixinStandardHelpOptions = true)
final class EnableUser implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the user's name")
    private String name = "";

    EnableUser(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var user = gateway.ask(client -> client.users().change(name, UserChange.ofDisabled(false)));
            context.out().printf("%s: enabled%n", user.username());
        }
        return ExitCode.SUCCESS;
    }
}
