package io.sluice.cli.session;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.client.accounts.SessionCredentials;
import io.sluice.client.accounts.SessionStore;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.Problem;
import io.sluice.local.access.AdminPassword;
import io.sluice.stack.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The account that the calls of a verb come from. It is that of {@code SLUICE_TOKEN}, else that of {@code ./sluice login},
 * else, at the gateway of the data folder's stack, the admin. Without any of them, calls go without a token.
 */
public sealed interface Caller {
    /** {@return what signs the calls} */
    Credentials credentials();

    /** Returns what a person should do, after the gateway refused a call with 401. */
    String advice(URI gateway);

    /** {@return the account that the environment and the kept sessions give} */
    static Caller of(CommandContext context) {
        var token = context.variable("SLUICE_TOKEN");
        if (token.isPresent()) {
            return new TokenOfEnvironment(Credentials.of(token.get().strip()));
        }
        try {
            var kept = Sessions.ofLogin(context);
            if (kept.read().isPresent()) {
                return new SignedIn(
                        new SessionCredentials(context.gateway(), kept, Optional::empty, Clock.systemUTC()));
            }
        } catch (IOException e) {
            throw new CommandFailedException("the sessions of ./sluice login cannot be read (%s)".formatted(e));
        }
        return isLocal(context) ? localAdmin(context) : new Nobody();
    }

    private static boolean isLocal(CommandContext context) {
        return context.running(Endpoints.HTTP)
                .filter(http -> SessionsFile.key(URI.create(http)).equals(SessionsFile.key(context.gateway())))
                .isPresent();
    }

    private static Caller localAdmin(CommandContext context) {
        var folder = context.dataDir();
        SessionStore store = Files.isWritable(folder) ? Sessions.ofLocalAdmin(context) : SessionStore.inMemory();
        return new LocalAdmin(
                new SessionCredentials(context.gateway(), store, () -> AdminPassword.read(folder), Clock.systemUTC()),
                AdminPassword.file(folder));
    }

    /** Makes the failure of a verb from a refusal: the problem, and what to do about it. */
    default CommandFailedException failed(URI gateway, Refused<?> refused) {
        var problem = refused.problem();
        var text = problem.toString().replaceFirst("[.]$", "");
        return new CommandFailedException(
                switch (problem.status()) {
                    case 401 -> "%s (%s)".formatted(advice(gateway), text);
                    case 403 ->
                        problem.code().equals("FORBIDDEN")
                                ? text + ": sign in as a user who may, by ./sluice login, or set SLUICE_TOKEN"
                                : problem.toString();
                    case 429 ->
                        refused.retryAfter().isZero()
                                ? problem.toString()
                                : "%s; try again in %d s"
                                        .formatted(text, refused.retryAfter().toSeconds());
                    default -> problem.toString();
                });
    }

    /** A token or an API key in {@code SLUICE_TOKEN}. */
    record TokenOfEnvironment(Credentials credentials) implements Caller {
        @Override
        public String advice(URI gateway) {
            return "the gateway at %s does not accept SLUICE_TOKEN: it has ended, or belongs to another gateway"
                    .formatted(gateway);
        }
    }

    /** A user who signed in by {@code ./sluice login}. */
    record SignedIn(SessionCredentials credentials) implements Caller {
        @Override
        public String advice(URI gateway) {
            return later(credentials, gateway)
                    .orElseGet(
                            () -> "your session at %s has ended: sign in again with ./sluice login".formatted(gateway));
        }
    }

    /** The admin of the local stack. */
    record LocalAdmin(SessionCredentials credentials, Path password) implements Caller {
        @Override
        public String advice(URI gateway) {
            return later(credentials, gateway)
                    .orElseGet(() -> credentials.refusal().isPresent()
                            ? "the gateway at %s does not accept the admin's password in %s: sign in with ./sluice login, or make a new one with ./sluice users reset-admin"
                                    .formatted(gateway, password)
                            : "the gateway at %s needs to know who calls, and there is no admin's password in %s: sign in with ./sluice login, or make a new one with ./sluice users reset-admin"
                                    .formatted(gateway, password));
        }
    }

    /** A caller without any token. */
    record Nobody() implements Caller {
        @Override
        public Credentials credentials() {
            return Credentials.none();
        }

        @Override
        public String advice(URI gateway) {
            return "the gateway at %s needs to know who calls: sign in with ./sluice login, or set SLUICE_TOKEN to a token or an API key"
                    .formatted(gateway);
        }
    }

    /** Returns what to say when signing in was refused for now only. */
    private static Optional<String> later(SessionCredentials credentials, URI gateway) {
        return credentials
                .refusal()
                .filter(why -> why.status() != 401)
                .map(Problem::toString)
                .map(why -> "the gateway at %s cannot sign you in now, so try again later: %s".formatted(gateway, why));
    }
}
