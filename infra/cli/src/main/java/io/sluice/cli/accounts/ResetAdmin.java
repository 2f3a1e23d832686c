package io.sluice.cli.accounts;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.local.access.AdminPassword;
import io.sluice.stack.Endpoints;
import io.sluice.stores.accounts.Passwords;
import io.sluice.stores.accounts.SecretFile;
import io.sluice.stores.accounts.Secrets;
import io.sluice.stores.accounts.UserTable;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.stores.postgres.PostgresException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Sets a new password for the admin, straight in Postgres: for when no admin can sign in. */
@Command(
        name = "reset-admin",
        description = {
            "Give the user admin a new password, when no admin can sign in; all tokens of admin end at once.",
            "It writes to Postgres directly: to that of the stack that runs over SLUICE_DATA_DIR, else to DATABASE_URL."
        },
        mixinStandardHelpOptions = true)
final class ResetAdmin implements Callable<ExitCode> {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final CommandContext context;

    ResetAdmin(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var password = Secrets.next();
        var hash = new Passwords().hash(password);
        try (var postgres = new Postgres(database(), 1)) {
            new UserTable(postgres, Clock.systemUTC()).resetAdmin(hash);
        } catch (PostgresException e) {
            throw new CommandFailedException(
                    "the password of admin was not changed: %s. Start ./sluice up or ./sluice stack over %s first, or name the database in DATABASE_URL"
                            .formatted(e.getMessage(), context.dataDir()));
        }
        var file = AdminPassword.file(context.dataDir());
        write(file, password);
        context.out().println("The new password of admin is in " + file);
        return ExitCode.SUCCESS;
    }

    private PostgresConfig database() {
        return context.running(Endpoints.POSTGRES)
                .map(url -> database(url, "postgres", null))
                .or(() -> context.variable("DATABASE_URL")
                        .map(url -> database(
                                url,
                                context.variable("DATABASE_USER").orElse(null),
                                context.variable("DATABASE_PASSWORD").orElse(null))))
                .orElseThrow(() -> new CommandFailedException(
                        "no stack runs over the data folder %s: start ./sluice up or ./sluice stack, set SLUICE_DATA_DIR to the folder of the one that runs, or name the database in DATABASE_URL"
                                .formatted(context.dataDir())));
    }

    private static PostgresConfig database(String url, @Nullable String user, @Nullable String password) {
        return new PostgresConfig(url, user, password, CONNECT, ANSWER, CONNECT);
    }

    private static void write(Path file, String password) {
        try {
            SecretFile.write(file, password);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "admin has a new password, but it cannot be written to %s (%s): mend that and run this again"
                            .formatted(file, e));
        }
    }
}
