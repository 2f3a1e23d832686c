package io.sluice.web.body;

import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * The parsed headers of one part of a multipart form (RFC 7578).
 *
 * @param name the name of the form field
 * @param fileName the name that the sender gave, possibly empty; null when the part is not a file
 * @param charset the name of the text's charset; null when the part names none
 */
record PartHeaders(
        String name, @Nullable String fileName, @Nullable String charset) {
    private static final String DISPOSITION = "content-disposition";
    private static final String TYPE = "content-type";
    private static final String TRANSFER_ENCODING = "content-transfer-encoding";
    /** The transfer encodings that leave the bytes as they are. */
    private static final Set<String> PLAIN = Set.of("", "7bit", "8bit", "binary");

    static PartHeaders of(String lines) {
        var headers = new HashMap<String, Map<String, String>>();
        lines.lines().forEach(line -> {
            var colon = line.indexOf(':');
            if (colon > 0) {
                var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.putIfAbsent(name, parameters(line.substring(colon + 1)));
            }
        });
        var disposition = headers.getOrDefault(DISPOSITION, Map.of());
        var name = disposition.getOrDefault("name", "");
        if (name.isEmpty() || disposition.keySet().stream().noneMatch("form-data"::equalsIgnoreCase)) {
            throw new ProblemException(WebProblem.MALFORMED_BODY, "A part of the form has no name.");
        }
        requirePlain(name, headers.getOrDefault(TRANSFER_ENCODING, Map.of()).keySet());
        var type = headers.getOrDefault(TYPE, Map.of());
        return new PartHeaders(name, disposition.get("filename"), type.get("charset"));
    }

    /** Returns the parameters of a header value, by lower-case name. A parameter without a value has an empty one. */
    private static Map<String, String> parameters(String value) {
        var parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        var parameters = new HashMap<String, String>();
        try {
            parser.parse(value, ';')
                    .forEach((name, given) -> parameters.put(name, Objects.requireNonNullElse(given, "")));
        } catch (IllegalArgumentException e) {
            // the Base64 of an encoded word (RFC 2047) is wrong
            throw new ProblemException(WebProblem.MALFORMED_BODY, "A header of a part of the form is malformed.", e);
        }
        return parameters;
    }

    /** Base64 and quoted-printable are for mail; a part of a form has its bytes as they are (RFC 7578, section 4.7). */
    private static void requirePlain(String name, Set<String> encodings) {
        for (var encoding : encodings) {
            if (!PLAIN.contains(encoding.toLowerCase(Locale.ROOT))) {
                throw new ProblemException(
                        WebProblem.UNSUPPORTED_MEDIA_TYPE,
                        "The part " + name + " has a Content-Transfer-Encoding. Send its bytes as they are.");
            }
        }
    }

    /** {@return the charset of a text: the one that the part names, else the charset of the form} */
    Charset textCharset(Charset ofForm) {
        return charset == null ? ofForm : TextCharset.named(charset, "The part " + name);
    }
}
