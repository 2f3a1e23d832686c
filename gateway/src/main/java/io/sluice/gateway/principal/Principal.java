package io.sluice.gateway.principal;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.sluice.stores.accounts.Role;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request: an account, or {@value #ANONYMOUS} when the request has no token.
 *
 * @param id the owner of the sender's idempotency keys and imports. Ids of jobs are computed from it, so it must never
 *     change, and no other account ever has it
 * @param name for people: the user's name, or the name of the API key
 * @param role null for callers without an account
 * @param address the IP address that the request came from; behind a trusted proxy, the one that the proxy names
 */
public record Principal(String id, String name, @Nullable Role role, String address) {
    /** The name and the id of callers without an account; no account may have it. */
    public static final String ANONYMOUS = "anonymous";

    static final String ATTRIBUTE = "sluice.principal";

    /** {@return a caller without an account} */
    public static Principal anonymous(String address) {
        return new Principal(ANONYMOUS, ANONYMOUS, null, address);
    }

    /** {@return the role of an account, which has exactly one} */
    public static Role roleOf(Authentication account) {
        return account.getRoles().stream()
                .findFirst()
                .flatMap(Role::named)
                .orElseThrow(() -> new IllegalStateException("an account without a role"));
    }

    /**
     * {@return the sender of the request}
     *
     * @throws IllegalStateException when {@link PrincipalFilter} has not seen the request
     */
    public static Principal of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Principal.class)
                .orElseThrow(() ->
                        new IllegalStateException("the principal filter has not seen this " + request.getMethodName()));
    }

    /** {@return whether this is an account of the role} */
    public boolean is(Role wanted) {
        return role == wanted;
    }

    /** {@return what its calls are counted under: the account, or the address when there is no account} */
    public String countedBy() {
        return role == null ? address : id;
    }

    /** {@return the account that owns what the caller sends; null when the caller has none} */
    public @Nullable String owner() {
        return role == null ? null : id;
    }
}
