package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parses a body or a query string of type {@code application/x-www-form-urlencoded}. The percent escapes are bytes of a text in the
 * charset that the Content-Type names, else in the charset of the field {@code _charset_}, else in UTF-8. A query string
 * is in UTF-8.
 */
public final class UrlEncodedForm {
    private static final int MAX_FIELDS = 100;
    private static final int HEX = 16;

    private UrlEncodedForm() {}

    /** One field of the form, with its percent escapes. Each character is one byte. */
    private record Pair(String name, String value) {
        static Pair of(String text) {
            var equals = text.indexOf('=');
            return equals < 0 ? new Pair(text, "") : new Pair(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    /**
     * {@return the names of the parameters in the query string of a URL, in the order sent}
     *
     * @param query the query string as it was sent, without its question mark
     * @throws ProblemException when a name or a value is not percent-encoded UTF-8
     */
    public static Set<String> namesIn(String query) {
        var names = new LinkedHashSet<String>();
        try {
            for (var pair : pairs(query)) {
                names.add(TextCharset.strictly(bytes(pair.name(), "a name"), UTF_8));
                var _ = TextCharset.strictly(bytes(pair.value(), pair.name()), UTF_8);
            }
            return names;
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    WebProblem.MALFORMED_REQUEST, "The query string of the URL is not percent-encoded UTF-8.", e);
        } catch (ProblemException e) {
            throw new ProblemException(
                    WebProblem.MALFORMED_REQUEST,
                    "The query string of the URL has a broken percent escape, or more than " + MAX_FIELDS
                            + " parameters.",
                    e);
        }
    }

    /** @param declared the charset that the Content-Type names */
    static Submission parse(byte[] body, Optional<Charset> declared) {
        var pairs = pairs(new String(body, ISO_8859_1));
        var charset = declared.or(() -> pairs.stream()
                        .filter(pair -> pair.name().equals(TextCharset.FIELD)
                                && !pair.value().isEmpty())
                        .findFirst()
                        .map(pair -> TextCharset.named(
                                new String(bytes(pair.value(), TextCharset.FIELD), US_ASCII), TextCharset.FIELD)))
                .orElse(UTF_8);
        var fields = new LinkedHashMap<String, List<JsonNode>>();
        for (var pair : pairs) {
            var name = TextCharset.decode(bytes(pair.name(), "a name"), charset, "a field's name");
            if (!name.equals(TextCharset.FIELD)) {
                var value = TextCharset.decode(bytes(pair.value(), name), charset, name);
                fields.computeIfAbsent(name, field -> new ArrayList<>()).add(TextNode.valueOf(value));
            }
        }
        return new Submission(fields, Map.of());
    }

    private static List<Pair> pairs(String form) {
        var pairs = new ArrayList<Pair>();
        for (var text : form.split("&", -1)) {
            if (!text.isEmpty()) {
                pairs.add(Pair.of(text));
            }
            if (pairs.size() > MAX_FIELDS) {
                throw malformed("The form has more than " + MAX_FIELDS + " fields.");
            }
        }
        return pairs;
    }

    private static byte[] bytes(String escaped, String field) {
        var bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            var c = escaped.charAt(i);
            if (c == '%') {
                bytes.write(escape(escaped, i, field));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }

    private static int escape(String escaped, int at, String field) {
        var high = at + 2 < escaped.length() ? Character.digit(escaped.charAt(at + 1), HEX) : -1;
        var low = at + 2 < escaped.length() ? Character.digit(escaped.charAt(at + 2), HEX) : -1;
        if (high < 0 || low < 0) {
            throw malformed("The form has a broken percent escape in " + field + ".");
        }
        return high * HEX + low;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(WebProblem.MALFORMED_BODY, detail);
    }
}
