package io.sluice.client.http;

import java.util.Optional;

/** Supplies the same token for every call, or none. */
record FixedToken(Optional<String> token) implements Credentials {
    @Override
    public boolean replace(String refused) {
        return false;
    }

    /** A token is a secret. */
    @Override
    public String toString() {
        return "FixedToken";
    }
}
