package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.cli.session.Sessions;
import io.sluice.client.accounts.Login;
import io.sluice.client.accounts.Session;
import io.sluice.client.accounts.SignIn;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Signs in, and keeps the session for the verbs that follow. */
@Command(
        name = "login",
        description = "Sign in. The verbs that follow then call as this user, until ./sluice logout.",
        footer = "One session is kept for each SLUICE_URL. SLUICE_TOKEN, if set, goes before it.",
        mixinStandardHelpOptions = true)
public final class LoginCommand implements Callable<ExitCode> {
    private static final int UNAUTHORIZED = 401;

    private final CommandContext context;

    @Parameters(paramLabel = "USERNAME", arity = "0..1", description = "who signs in; without it, it is asked for")
    private @Nullable String username;

    @Mixin
    private final PasswordInput password = new PasswordInput();

    public LoginCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var name = username == null ? password.ask("Username: ") : username;
        var session = signedIn(new Login(name, password.read(context, "Password: ")));
        try {
            Sessions.ofLogin(context).replace(_ -> Optional.of(session));
        } catch (IOException e) {
            throw new CommandFailedException("you are signed in, but the session cannot be kept (%s)".formatted(e));
        }
        context.out().printf("Signed in at %s as %s.%n", context.gateway(), name);
        if (context.variable("SLUICE_TOKEN").isPresent()) {
            context.err().println("sluice: SLUICE_TOKEN is set, and goes before this session");
        }
        return ExitCode.SUCCESS;
    }

    private Session signedIn(Login login) {
        try (var signIn = new SignIn(context.gateway(), Clock.systemUTC())) {
            return switch (signIn.login(login)) {
                case Success<Session>(var _, var session) -> session;
                case Refused<Session> refused -> throw failed(refused);
            };
        } catch (IOException e) {
            throw GatewayCalls.noAnswer(context.gateway(), e);
        }
    }

    private static CommandFailedException failed(Answer.Refused<Session> refused) {
        if (refused.status() == UNAUTHORIZED) {
            return new CommandFailedException("the username or the password is wrong");
        }
        var wait = refused.retryAfter().isZero()
                ? ""
                : "; try again in %d s".formatted(refused.retryAfter().toSeconds());
        return new CommandFailedException(refused.problem() + wait);
    }
}
