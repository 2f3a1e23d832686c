package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.MediaType;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the charset of a text in a body, and decodes the text without losing anything. */
public final class TextCharset {
    /** The form field that names the charset of the other fields (RFC 7578, section 4.6). */
    static final String FIELD = "_charset_";

    private static final String CHARSET = "charset";
    private static final Set<String> OF_JSON = Set.of("UTF-8", "US-ASCII");

    private TextCharset() {}

    /**
     * {@return the charset that the content type names; empty when it names none}
     *
     * @throws ProblemException when the charset is unknown
     */
    static Optional<Charset> of(MediaType type) {
        return type.getParametersMap().entrySet().stream()
                .filter(parameter ->
                        CHARSET.equals(parameter.getKey().toString().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(name -> named(name, "The Content-Type"));
    }

    /**
     * Refuses a JSON body in another charset, because JSON is sent in UTF-8 (RFC 8259, section 8.1).
     *
     * @throws ProblemException when the content type names another charset
     */
    public static void requireUtf8(@Nullable MediaType type) {
        var named = type == null ? Optional.<Charset>empty() : of(type);
        if (named.isPresent() && !OF_JSON.contains(named.get().name())) {
            throw new ProblemException(
                    WebProblem.UNSUPPORTED_MEDIA_TYPE,
                    "The Content-Type names " + named.get() + "; send JSON in UTF-8.");
        }
    }

    /**
     * {@return the charset of this name}
     *
     * @param where what names the charset, for the refusal
     */
    static Charset named(String name, String where) {
        try {
            return Charset.forName(name.replaceAll("[\"']", "").strip());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    WebProblem.MALFORMED_BODY, where + " names a charset that is not known. Send UTF-8.", e);
        }
    }

    /**
     * {@return the decoded text}
     *
     * @param field the name of the field, for the refusal
     * @throws ProblemException when the bytes are not valid in this charset
     */
    static String decode(byte[] bytes, Charset charset, String field) {
        try {
            return strictly(bytes, charset);
        } catch (CharacterCodingException e) {
            var advice = charset.equals(UTF_8) ? " Send UTF-8, or name the charset in the Content-Type." : "";
            throw new ProblemException(
                    WebProblem.MALFORMED_BODY, "The text of " + field + " is not " + charset + "." + advice);
        }
    }

    /** {@return the decoded text} */
    static String strictly(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
