package io.sluice.gateway.door;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The host and port of a URL, as in the header {@code Host} (RFC 9110, section 7.2).
 *
 * @param host in lower case; an IPv6 address is in brackets, with all of its eight groups
 * @param port empty when the URL has the usual port of its scheme
 */
record Authority(String host, OptionalInt port) {
    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}]|[a-zA-Z0-9._-]{1,255})(?::([0-9]{1,5}))?");

    /** {@return the host and port; empty when the text is no host with an optional port} */
    static Optional<Authority> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var port = parts.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts.group(2)));
        return host(parts.group(1)).map(host -> new Authority(host, port));
    }

    private static Optional<String> host(String text) {
        if (!text.startsWith("[")) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        try {
            return Optional.of(literal(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the host of a URL with this address} */
    static String literal(InetAddress address) {
        var text = address.getHostAddress().replaceFirst("%.*", "");
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    /** {@return whether both are the same host and port of this scheme} */
    boolean isSame(Authority other, String scheme) {
        var usual = scheme.equals("https") ? 443 : 80;
        return host.equals(other.host) && port.orElse(usual) == other.port.orElse(usual);
    }
}
