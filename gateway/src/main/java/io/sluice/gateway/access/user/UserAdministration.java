package io.sluice.gateway.access.user;

import io.sluice.gateway.access.AccessProblem;
import io.sluice.gateway.access.Accounts;
import io.sluice.gateway.access.erasure.ErasureWorker;
import io.sluice.gateway.access.login.PasswordChecks;
import io.sluice.gateway.access.user.UserForms.ChangedUser;
import io.sluice.gateway.access.user.UserForms.NewUser;
import io.sluice.gateway.intake.JobIds;
import io.sluice.stores.accounts.Change;
import io.sluice.stores.accounts.User;
import io.sluice.stores.accounts.UserEdit;
import io.sluice.stores.accounts.UserTable;
import io.sluice.stores.accounts.Username;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Creates, changes and deletes users. Every call throws a {@link ProblemException} when it is refused. */
@Singleton
final class UserAdministration {
    private final UserTable users;
    private final PasswordChecks passwords;
    private final ErasureWorker erasures;
    private final JobIds jobIds;

    UserAdministration(UserTable users, PasswordChecks passwords, ErasureWorker erasures, JobIds jobIds) {
        this.users = users;
        this.passwords = passwords;
        this.erasures = erasures;
        this.jobIds = jobIds;
    }

    List<User> list() {
        return Accounts.ask(users::list);
    }

    User create(NewUser user) {
        var hash = passwords.hash(user.password());
        return Accounts.ask(() -> users.create(user.username(), hash, user.role()))
                .orElseThrow(() -> new ProblemException(
                        AccessProblem.USERNAME_TAKEN,
                        "Another user has the name " + user.username().value() + "."));
    }

    User change(String username, ChangedUser change) {
        var hash = change.password() == null ? null : passwords.hash(change.password());
        var edit = new UserEdit(hash, change.role(), change.disabled());
        return done(() -> users.change(known(username), edit));
    }

    /** Ends the user at once, and returns the id of the job that erases what belonged to it. */
    String delete(String username) {
        var erasure = done(() -> users.erase(known(username), jobIds.next()));
        erasures.begin(erasure);
        return erasure.jobId();
    }

    private static <T> T done(Supplier<Change<T>> change) {
        return switch (Accounts.ask(change)) {
            case Change.Done<T>(var result) -> result;
            case Change.NoSuchUser<T> _ -> throw notFound();
            case Change.LastAdmin<T> _ ->
                throw new ProblemException(
                        AccessProblem.LAST_ADMIN, "Make another user an admin first; one enabled admin must be left.");
        };
    }

    private static String known(String username) {
        if (!Username.isOne(username)) {
            throw notFound();
        }
        return username.toLowerCase(Locale.ROOT);
    }

    private static ProblemException notFound() {
        return new ProblemException(AccessProblem.USER_NOT_FOUND, "No user has this name.");
    }
}
