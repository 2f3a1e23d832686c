package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.accounts.Login;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "add", description = "Add a user.", mixinStandardHelpOptions = true)
final class AddUser implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "letters, digits and . _ - @ +; capitals make no difference")
    private String name = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "admin, producer or user; ${DEFAULT-VALUE} by default")
    private String role = "user";

    @Mixin
    private final PasswordInput password = new PasswordInput();

    AddUser(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var login = new Login(name, password.readNew(context, "Password for %s: ".formatted(name)));
        try (var gateway = new GatewayCalls(context)) {
            var added = gateway.ask(client -> client.users().add(login, role));
            context.out().printf("%s: added, role %s%n", added.username(), added.role());
        }
        return ExitCode.SUCCESS;
    }
}
