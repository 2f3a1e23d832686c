package io.sluice.gateway.access.user;

import io.sluice.gateway.access.login.PasswordChecks;
import io.sluice.gateway.background.RepeatedTask;
import io.sluice.runtime.SluiceConfig;
import io.sluice.stores.accounts.AccountFinder;
import io.sluice.stores.accounts.SecretFile;
import io.sluice.stores.accounts.Secrets;
import io.sluice.stores.accounts.UserTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the user {@code admin} when there is no admin, as soon as Postgres answers. Its password is in a file of the
 * data folder before the user exists, so a crash in between leaves no admin whose password is lost.
 */
@Singleton
public final class FirstAdmin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final String FILE = "admin-password";

    private final UserTable users;
    private final AccountFinder finder;
    private final PasswordChecks passwords;
    private final Path file;
    private final RepeatedTask task = new RepeatedTask("first-admin", INTERVAL, this::isStillToDo);

    FirstAdmin(UserTable users, AccountFinder finder, PasswordChecks passwords, SluiceConfig config) {
        this.users = users;
        this.finder = finder;
        this.passwords = passwords;
        this.file = config.dataDir().resolve(FILE).toAbsolutePath();
    }

    /** Begins to look for an admin, without waiting for Postgres. */
    public void begin() {
        task.begin();
    }

    private boolean isStillToDo() {
        if (users.createFirstAdmin(this::newPassword)) {
            LOG.atWarn()
                    .addKeyValue("user", UserTable.ADMIN.value())
                    .addKeyValue("file", file)
                    .log("created the first admin; its password is in the file");
        }
        openLookups();
        return false;
    }

    /** Opens the connections for lookups, so that the first request with a token does not wait for that. */
    private void openLookups() {
        var _ = finder.user(new UUID(0, 0));
    }

    private String newPassword() {
        var password = Secrets.next();
        try {
            SecretFile.write(file, password);
        } catch (IOException e) {
            throw new UncheckedIOException("the password of the first admin cannot be written to " + file, e);
        }
        return passwords.hash(password);
    }

    @Override
    @PreDestroy
    public void close() {
        task.close();
    }
}
