package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.accounts.UserChange;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "passwd",
        description = "Give a user a new password; all tokens of the user end at once.",
        mixinStandardHelpOptions = true)
final class SetPassword implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "the user's name")
    private String name = "";

    @Mixin
    private final PasswordInput password = new PasswordInput();

    SetPassword(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var change = UserChange.ofPassword(password.readNew(context, "New password for %s: ".formatted(name)));
        try (var gateway = new GatewayCalls(context)) {
            var user = gateway.ask(client -> client.users().change(name, change));
            context.out().printf("%s: new password%n", user.username());
        }
        return ExitCode.SUCCESS;
    }
}
