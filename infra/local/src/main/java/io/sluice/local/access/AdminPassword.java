package io.sluice.local.access;

import io.sluice.client.accounts.Login;
import io.sluice.client.accounts.SessionCredentials;
import io.sluice.client.accounts.SignIn;
import io.sluice.stores.accounts.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The password of the user {@code admin}, which the gateway of a local stack keeps in the data folder. */
public final class AdminPassword {
    private static final String USERNAME = "admin";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);
    private static final String FILE = "admin-password";

    private AdminPassword() {}

    /** {@return the path of the file in a data folder} */
    public static Path file(Path dataDir) {
        return dataDir.resolve(FILE);
    }

    /** {@return the name and password to sign in with; empty when there is no password that this process may read} */
    public static Optional<Login> read(Path dataDir) throws IOException {
        try {
            var password = SecretFile.read(file(dataDir));
            return password.isEmpty() ? Optional.empty() : Optional.of(new Login(USERNAME, password));
        } catch (NoSuchFileException | AccessDeniedException e) {
            return Optional.empty();
        }
    }

    /**
     * Waits until the admin of a new local stack can sign in. The gateway writes the file first, and creates the user soon
     * after.
     *
     * @return whether that was so in time
     */
    public static boolean awaitSignIn(URI gateway, Path dataDir, Duration within) {
        var deadline = System.nanoTime() + within.toNanos();
        while (!Files.exists(file(dataDir)) || !canSignIn(gateway, dataDir)) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            // long, because wrong logins are counted
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private static boolean canSignIn(URI gateway, Path dataDir) {
        try (var signIn = new SignIn(gateway, Clock.systemUTC())) {
            var login = read(dataDir);
            return login.isPresent() && signIn.login(login.get()).isSuccess();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return credentials that sign in as the admin of a local stack, and keep the session in memory} */
    public static SessionCredentials credentials(URI gateway, Path dataDir) {
        return SessionCredentials.signingIn(gateway, () -> read(dataDir));
    }
}
