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
 * What the headers of one part of a form say (RFC 7578).
 *
 * @param name of the field
 * @param fileName as its sender called it, possibly empty; null when the part is no file
 * @param charset name of the text's charset; null when the part does not say
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
            throw new ProblemException(WebProblem.MALFORMED_BODY, "A part of the form says no name.");
        }
        var type = headers.getOrDefault(TYPE, Map.of());
        return new PartHeaders(name, disposition.get("filename"), type.get("charset"));
    }

    /** {@return what stands between the semicolons, by lower-case name}; a name that stands alone has an empty value. */
    private static Map<String, String> parameters(String value) {
        var parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        var parameters = new HashMap<String, String>();
        parser.parse(value, ';').forEach((name, given) -> parameters.put(name, Objects.requireNonNullElse(given, "")));
        return parameters;
    }

    /** {@return the charset of a text}; UTF-8 unless the part says another. */
    Charset textCharset() {
        try {
            return charset == null ? UTF_8 : Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    WebProblem.MALFORMED_BODY, "The part " + name + " has a charset that is not known here.", e);
        }
    }
}
