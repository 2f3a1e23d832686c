package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.access.AccessProblem;
import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.gateway.admin.pipelines.PipelineProblem;
import io.sluice.gateway.face.FaceProblem;
import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.photo.PhotoProblem;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.product.ProductProblem;
import io.sluice.gateway.product.image.ProductImageProblem;
import io.sluice.gateway.product.search.SearchProblem;
import io.sluice.web.problem.ProblemKind;
import io.sluice.web.problem.WebProblem;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Codes are contract, because callers compare them. No code may be renamed, change its status, or have two meanings.
 */
class ProblemCodesTest {
    private static final String[] PUBLISHED = {
        "400, IDEMPOTENCY_KEY_INVALID",
        "400, MALFORMED_BODY",
        "400, MALFORMED_REQUEST",
        "400, REQUEST_REFUSED",
        "401, UNAUTHENTICATED",
        "403, CROSS_ORIGIN",
        "403, FORBIDDEN",
        "403, FOREIGN_HOST",
        "404, API_KEY_NOT_FOUND",
        "404, DEAD_LETTER_NOT_FOUND",
        "404, DEAD_LETTER_TOPIC_NOT_FOUND",
        "404, IMAGE_CORRUPT",
        "404, IMAGE_NOT_FOUND",
        "404, IMPORT_KIND_NOT_FOUND",
        "404, IMPORT_NOT_FOUND",
        "404, JOB_NOT_FOUND",
        "404, PHOTO_FILE_MISSING",
        "404, PHOTO_NOT_FOUND",
        "404, PHOTO_NOT_PREPARED",
        "404, PHOTO_PREPARATION_FAILED",
        "404, PIPELINE_NOT_FOUND",
        "404, PRODUCT_NOT_FOUND",
        "404, ROUTE_NOT_FOUND",
        "404, USER_NOT_FOUND",
        "405, METHOD_NOT_ALLOWED",
        "406, NOT_ACCEPTABLE",
        "408, BODY_TOO_SLOW",
        "409, DEAD_LETTER_DISCARDED",
        "409, DEAD_LETTER_MENDED",
        "409, DEAD_LETTER_REDRIVEN_OFTEN",
        "409, ENTITY_HAS_NEWER_VERSION",
        "409, ENTITY_HAS_OPEN_JOB",
        "409, FACES_OFF",
        "409, IDEMPOTENCY_KEY_IN_USE",
        "409, IMPORT_OVER",
        "409, JOB_NOT_CANCELABLE",
        "409, JOB_OVER",
        "409, LAST_ADMIN",
        "409, RETRY_TOPIC_MISSING",
        "409, USERNAME_TAKEN",
        "410, DEAD_LETTER_EXPIRED",
        "413, BODY_TOO_LARGE",
        "415, UNSUPPORTED_MEDIA_TYPE",
        "416, RANGE_NOT_SATISFIABLE",
        "422, CONSENT_REQUIRED",
        "422, DEAD_LETTER_NOT_EDITABLE",
        "422, EMPTY_FILE",
        "422, IDEMPOTENCY_KEY_REUSED",
        "422, NOT_A_SPREADSHEET",
        "422, NO_PHOTO_ACCEPTED",
        "422, QUERY_REFUSED",
        "422, TOO_MANY_FILES",
        "422, VALIDATION_FAILED",
        "429, QUEUE_FULL",
        "429, RATE_LIMITED",
        "429, TOO_MANY_IMPORTS_AT_ONCE",
        "429, TOO_MANY_IMPORTS_A_MINUTE",
        "500, INTERNAL_ERROR",
        "503, ACCOUNTS_UNAVAILABLE",
        "503, DEAD_LETTERS_UNAVAILABLE",
        "503, EMBEDDER_UNAVAILABLE",
        "503, JOBS_UNAVAILABLE",
        "503, KAFKA_UNAVAILABLE",
        "503, LEDGER_UNAVAILABLE",
        "503, OBJECT_STORE_UNAVAILABLE",
        "503, TOO_BUSY",
        "503, VECTOR_STORE_UNAVAILABLE"
    };

    @Test
    void areExactlyThePublishedOnes() {
        assertThat(kinds().map(kind -> kind.status().getCode() + ", " + kind.name()))
                .containsExactlyInAnyOrder(PUBLISHED);
    }

    @Test
    void haveATitleForPeople() {
        assertThat(kinds()).allSatisfy(kind -> assertThat(kind.title()).isNotBlank());
    }

    private static Stream<ProblemKind> kinds() {
        return Stream.of(
                        WebProblem.values(),
                        GatewayProblem.values(),
                        ProductProblem.values(),
                        ProductImageProblem.values(),
                        SearchProblem.values(),
                        ImportProblem.values(),
                        AccessProblem.values(),
                        DeadLetterProblem.values(),
                        PhotoProblem.values(),
                        FaceProblem.values(),
                        PipelineProblem.values())
                .flatMap(Stream::of);
    }
}
