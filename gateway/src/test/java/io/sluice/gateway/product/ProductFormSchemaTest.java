package io.sluice.gateway.product;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.gateway.docs.DocumentedForm;
import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The described forms of products are used by the OpenAPI document only. This test checks them against the reading
 * code.
 */
class ProductFormSchemaTest {
    private static final String WITH_IMAGE = "ProductFormWithImage";

    private final ProductFields fields = new ProductFields(new MetadataField(new JsonCodec()));
    private final ImageField picture = new ImageField(new ImageGuard());

    @ParameterizedTest
    @ValueSource(strings = {"ProductForm", WITH_IMAGE})
    void requireTheFieldsThatTheCodeRequires(String schema) {
        assertThat(refused(schema, Map.of()))
                .containsExactlyInAnyOrderElementsOf(DocumentedForm.of(schema).required());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProductForm", WITH_IMAGE})
    void nameEveryFieldThatIsRead(String schema) {
        var documented = DocumentedForm.of(schema).fields().keySet();
        var wrong = documented.stream().collect(toMap(name -> name, name -> List.<JsonNode>of(IntNode.valueOf(7))));

        assertThat(refused(schema, wrong)).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void giveTheLengthsOfTheLongestAcceptedTexts() {
        var form = DocumentedForm.of("ProductForm");
        var longest = form.fields().entrySet().stream()
                .filter(field -> field.getValue().has("maxLength"))
                .collect(toMap(
                        Map.Entry::getKey,
                        field -> field.getValue().path("maxLength").asInt()));
        assertThat(longest).hasSize(3);

        assertThat(refused("ProductForm", texts(longest, 0))).isEmpty();
        assertThat(refused("ProductForm", texts(longest, 1))).containsExactlyInAnyOrderElementsOf(longest.keySet());
    }

    private static Map<String, List<JsonNode>> texts(Map<String, Integer> lengths, int more) {
        return lengths.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey, field -> List.of(TextNode.valueOf("x".repeat(field.getValue() + more)))));
    }

    private List<String> refused(String schema, Map<String, List<JsonNode>> sent) {
        var errors = new FieldErrors();
        var submission = new Submission(sent, Map.of());
        try {
            var _ = fields.read(submission, errors);
            if (schema.equals(WITH_IMAGE)) {
                var _ = picture.require(submission, errors);
            }
            errors.throwIfAny();
            return List.of();
        } catch (ProblemException e) {
            return Objects.requireNonNull(e.problem().errors()).stream()
                    .map(FieldError::field)
                    .toList();
        }
    }
}
