package io.sluice.gateway.access.key;

import io.sluice.gateway.access.AccessProblem;
import io.sluice.gateway.access.Accounts;
import io.sluice.gateway.access.token.ApiKeySecret;
import io.sluice.gateway.principal.Principal;
import io.sluice.stores.accounts.ApiKey;
import io.sluice.stores.accounts.ApiKeyTable;
import io.sluice.stores.accounts.Secrets;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creates and deletes API keys. Every call throws a {@link ProblemException} when it is refused. */
@Singleton
final class ApiKeyAdministration {
    private final ApiKeyTable keys;

    ApiKeyAdministration(ApiKeyTable keys) {
        this.keys = keys;
    }

    List<ApiKey> list() {
        return Accounts.ask(keys::list);
    }

    ApiKeyView.Created create(ApiKeyForm form, Principal creator) {
        var secret = ApiKeySecret.next();
        var key = Accounts.ask(() -> keys.create(form.name(), form.role(), Secrets.hash(secret), idOf(creator)));
        return ApiKeyView.Created.of(key, secret);
    }

    private static UUID idOf(Principal creator) {
        return id(creator.id()).orElseThrow(() -> Accounts.unauthenticated("Only an account can create an API key."));
    }

    void delete(String id) {
        var isDeleted =
                id(id).filter(known -> Accounts.ask(() -> keys.delete(known))).isPresent();
        if (!isDeleted) {
            throw new ProblemException(AccessProblem.API_KEY_NOT_FOUND, "No API key has this id.");
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
