package io.sluice.stores.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a database, in the form that the JDBC driver reads. Hosting platforms give {@code postgres://} URLs,
 * which the driver does not read.
 */
record PostgresUrl(String jdbc, Optional<String> user, Optional<String> password) {
    private static final String JDBC = "jdbc:postgresql:";

    static PostgresUrl parse(String url) {
        if (url.startsWith(JDBC)) {
            return new PostgresUrl(url, Optional.empty(), Optional.empty());
        }
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw new IllegalArgumentException("must begin with jdbc:postgresql:// or postgres://");
        }
        try {
            return of(new URI(url));
        } catch (URISyntaxException e) {
            // not the cause: its message repeats the URL, and with it the password
            throw new IllegalArgumentException("is not a URL; characters like @ in a password are written %40");
        }
    }

    private static PostgresUrl of(URI uri) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("has no host");
        }
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var jdbc = JDBC + "//" + uri.getHost() + port + uri.getRawPath() + query;
        var credentials = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
        var password = credentials.length > 1 ? Optional.of(decoded(credentials[1])) : Optional.<String>empty();
        return new PostgresUrl(jdbc, Optional.of(decoded(credentials[0])).filter(name -> !name.isEmpty()), password);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
