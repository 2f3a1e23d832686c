package io.sluice.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Text for a URL or for a body of {@code application/x-www-form-urlencoded}. */
public final class UrlText {
    /** Segments of a path that mean this folder and the one above. Java's own client sends them as they are escaped. */
    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");

    private UrlText() {}

    /** {@return the text, escaped for one segment of a path or one value of a query} */
    public static String encoded(String text) {
        var encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");
        return DOT_SEGMENTS.contains(encoded) ? encoded.replace(".", "%2E") : encoded;
    }

    /** {@return {@code name=value&name=value}; the order is kept and names may repeat} */
    public static String query(Collection<? extends Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }
}
