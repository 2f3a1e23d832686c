package io.sluice.gateway.product.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micronaut.http.HttpRequest;
import io.sluice.gateway.docs.DocumentedForm;
import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.value.Query;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The described form of a search is used by the OpenAPI document only. This test checks it against the reading code.
 */
class SearchFormSchemaTest {
    private static final DocumentedForm FORM = DocumentedForm.of("SearchForm");

    @Test
    void namesEveryFieldThatIsRead() {
        Map<String, List<JsonNode>> wrong = Map.of(
                "q", texts("a", "b"),
                "limit", texts("0"),
                "filter", texts("no colon"),
                "image_file", texts("no file"));

        assertThat(refused(wrong))
                .containsExactlyInAnyOrderElementsOf(FORM.fields().keySet());
        assertThat(wrong.keySet()).isEqualTo(FORM.fields().keySet());
    }

    @Test
    void requiresNoFieldBecauseATextOrAPictureIsEnough() {
        assertThat(FORM.required()).isEmpty();
        assertThat(refused(Map.of())).containsExactly("q");
    }

    @Test
    void givesTheBoundsOfItsNumber() {
        var limit = Objects.requireNonNull(FORM.fields().get("limit"));

        assertThat(limit.path("minimum").asInt()).isEqualTo(1);
        assertThat(limit.path("maximum").asInt()).isEqualTo(Query.MAX_LIMIT);
        assertThat(limit.path("default").asInt()).isEqualTo(Query.DEFAULT_LIMIT);
    }

    private static List<String> refused(Map<String, List<JsonNode>> sent) {
        var thrown = catchThrowableOfType(ProblemException.class, () -> {
            var errors = new FieldErrors();
            var form = new Submission(sent, Map.of());
            var _ = SearchRequest.of(form, HttpRequest.POST("/", "").getParameters(), errors);
            var _ = new ImageField(new ImageGuard()).allow(form, errors);
        });
        var errors = thrown.problem().errors();
        return errors == null
                ? List.of()
                : errors.stream().map(FieldError::field).toList();
    }

    private static List<JsonNode> texts(String... texts) {
        return List.of(texts).stream().<JsonNode>map(TextNode::valueOf).toList();
    }
}
