package io.sluice.client.accounts;

/** What a user signs in with. */
public record Login(String username, String password) {
    /** A password is a secret. */
    @Override
    public String toString() {
        return "Login[" + username + "]";
    }
}
