package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    /** {@return the charset of a text; UTF-8 unless the part names another one} */
    Charset textCharset() {
        try {
            return charset == null ? UTF_8 : Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(WebProblem.MALFORMED_BODY, "The part " + name + " names an unknown charset.", e);
        }
    }
}
