package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Me;
import io.sluice.client.http.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What people do about accounts at the command line of a local stack, on its first start and after others. */
final class Accounts {
    private static final String PASSWORD = "a long password";

    private final URI gateway;
    private final Path data;
    private final Terminal admin;
    private final Terminal ann;
    private String key = "";

    /** @param data the data folder of the stack */
    Accounts(URI gateway, Path data) {
        this.gateway = gateway;
        this.data = data;
        this.admin = new Terminal(data, data.resolveSibling("config-of-admin"));
        this.ann = new Terminal(data, data.resolveSibling("config-of-ann"));
    }

    /** The admin, who needs no login beside the data folder, adds a user, who signs in, and a key. */
    void begin() throws IOException {
        assertOwnerOnly();
        assertThat(admin.run("users", "list").ok()).matches("admin +admin +enabled .*");
        assertThat(admin.runWith(PASSWORD, "users", "add", "Ann", "--role", "producer", "--password-stdin")
                        .ok())
                .isEqualTo("ann: added, role producer");
        assertThat(ann.runWith("a wrong password", "login", "ann", "--password-stdin")
                        .err())
                .contains("the username or the password is wrong");
        assertThat(ann.runWith(PASSWORD, "login", "ann", "--password-stdin").ok())
                .isEqualTo("Signed in at " + gateway + " as ann.");
        key = admin.run("keys", "add", "shop").ok();
        assertThat(me(key)).isEqualTo(new Me("shop", "producer"));
    }

    private void assertOwnerOnly() throws IOException {
        for (var file : new String[] {"admin-password", "jwt-secret"}) {
            assertThat(permissions(data.resolve(file))).as(file).isEqualTo("rw-------");
        }
        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Me me(String token) throws IOException {
        try (var client = new SluiceClient(gateway, Credentials.of(token))) {
            return client.users().me().orElseThrow();
        }
    }

    /** After kills and starts, accounts and sessions are as before; then the user and the admin's password go. */
    void end() throws IOException {
        assertThat(admin.run("users", "list").ok()).contains("ann").contains("admin");
        assertThat(ann.run("users", "list").err()).contains("HTTP 403, FORBIDDEN");
        var shop = admin.with("SLUICE_TOKEN", key);
        assertThat(shop.run("index", "--id", "by-key", "--name", "n", "--description", "d", "--wait")
                        .ok())
                .contains("by-key", "succeeded");
        assertThat(admin.run("keys", "list").ok()).contains("shop", "last used");
        assertThatOldClientsNeedNoToken();
        deleteAnn();
        resetAdmin();
    }

    private void assertThatOldClientsNeedNoToken() throws IOException {
        try (var client = new SluiceClient(gateway)) {
            assertThat(client.products().find("by-key").status()).isEqualTo(200);
            assertThat(client.products().save(Products.fields("old-client")).status())
                    .isEqualTo(200);
            assertThat(client.users().list().status()).isEqualTo(401);
        }
    }

    private void deleteAnn() {
        var job = admin.run("users", "delete", "ann").ok().replaceFirst(".* job ", "");
        assertThat(ann.run("users", "list").err()).contains("your session", "has ended: sign in again");
        assertThat(admin.run("jobs", job, "--watch", "--timeout", "60").ok()).endsWith("job " + job + " succeeded");
        assertThat(admin.run("users", "list").ok()).doesNotContain("ann ");
    }

    private void resetAdmin() throws IOException {
        var file = data.resolve("admin-password");
        var before = Files.readString(file);
        assertThat(admin.run("users", "reset-admin").ok()).contains(file.toString());
        assertThat(Files.readString(file)).isNotEqualTo(before);
        assertOwnerOnly();
        assertThat(admin.run("users", "list").ok()).contains("admin");
        assertThat(ann.runWith(before.strip(), "login", "admin", "--password-stdin")
                        .err())
                .contains("is wrong");
    }
}
