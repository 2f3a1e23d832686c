package io.sluice.gateway.principal;

import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request. There are no accounts yet, so every caller is {@value #ANONYMOUS}, and limits per caller go
 * by the IP address.
 *
 * @param name the owner of the sender's idempotency keys and imports. Ids of jobs are computed from it, so it must
 *     never change
 * @param address the IP address that the request came from
 */
public record Principal(String name, String address) {
    /** The name of callers without an account; no account may have it. */
    public static final String ANONYMOUS = "anonymous";

    static final String ATTRIBUTE = "sluice.principal";

    /** {@return a caller without an account} */
    public static Principal anonymous(String address) {
        return new Principal(ANONYMOUS, address);
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

    /** {@return the name that its calls are counted under: the account, or the address when there is no account} */
    public String countedBy() {
        return isAnonymous() ? address : name;
    }

    /** {@return the account that owns what the caller sends; null when the caller has none} */
    public @Nullable String owner() {
        return isAnonymous() ? null : name;
    }

    private boolean isAnonymous() {
        return name.equals(ANONYMOUS);
    }
}
