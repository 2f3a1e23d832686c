package io.sluice.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses a body of type {@code application/x-www-form-urlencoded}. */
final class UrlEncodedForm {
    private static final int MAX_FIELDS = 100;

    private UrlEncodedForm() {}

    static Submission parse(byte[] body) {
        var fields = new LinkedHashMap<String, List<JsonNode>>();
        try {
            var decoder = new QueryStringDecoder(
                    strictly(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8, false, MAX_FIELDS, true);
            decoder.parameters()
                    .forEach((name, values) -> fields.put(
                            name,
                            values.stream().<JsonNode>map(TextNode::valueOf).toList()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(WebProblem.MALFORMED_BODY, "The form has a broken percent escape.");
        }
        return new Submission(fields, Map.of());
    }

    /**
     * {@return the decoded text}
     *
     * @throws ProblemException when the bytes are not valid in this charset
     */
    static String strictly(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(WebProblem.MALFORMED_BODY, "The form has text that is not " + charset + ".");
        }
    }
}
