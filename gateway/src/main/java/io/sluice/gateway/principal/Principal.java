package io.sluice.gateway.principal;

import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request. Nobody has an account yet, so every caller is {@value #ANONYMOUS}, and callers are told apart by
 * their address where that is needed.
 *
 * @param name whose idempotency keys and imports these are; a job's id is made of it, so it never changes
 * @param address the request came from
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
     * {@return who sent the request}
     *
     * @throws IllegalStateException when the filter that finds it out did not see the request
     */
    public static Principal of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Principal.class)
                .orElseThrow(() -> new IllegalStateException("nobody looked who sends " + request.getMethodName()));
    }

    /** {@return what its calls are counted by}: the account, or the address of one who has none. */
    public String countedBy() {
        return isAnonymous() ? address : name;
    }

    /** {@return the account that what it sends belongs to; null for a caller without one} */
    public @Nullable String owner() {
        return isAnonymous() ? null : name;
    }

    private boolean isAnonymous() {
        return name.equals(ANONYMOUS);
    }
}
