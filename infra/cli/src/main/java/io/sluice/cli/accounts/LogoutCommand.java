package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.session.Sessions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Forgets the session of {@code ./sluice login}. */
@Command(
        name = "logout",
        description = "Forget the session that ./sluice login keeps for SLUICE_URL.",
        mixinStandardHelpOptions = true)
public final class LogoutCommand implements Callable<ExitCode> {
    private final CommandContext context;

    public LogoutCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var sessions = Sessions.ofLogin(context);
        try {
            if (sessions.read().isEmpty()) {
                context.out().printf("There is no session at %s.%n", context.gateway());
            } else {
                sessions.replace(_ -> Optional.empty());
                context.out().printf("Signed out at %s.%n", context.gateway());
            }
        } catch (IOException e) {
            throw new CommandFailedException("the session cannot be removed (%s)".formatted(e));
        }
        return ExitCode.SUCCESS;
    }
}
