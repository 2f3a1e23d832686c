package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.accounts.UserChange;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "disable",
        description = "Stop a user from signing in; all tokens of the user end at once.",
        mixinStandardHelpOptions = true)
final class DisableUser implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the user's name")
    private String name = "";

    DisableUser(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var user = gateway.ask(client -> client.users().change(name, UserChange.ofDisabled(true)));
            context.out().printf("%s: disabled%n", user.username());
        }
        return ExitCode.SUCCESS;
    }
}
