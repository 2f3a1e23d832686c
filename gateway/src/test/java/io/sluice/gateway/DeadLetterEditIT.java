package io.sluice.gateway;

import static io.sluice.gateway.DeadLetterDesk.header;
import static io.sluice.gateway.DeadLetterDesk.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.letters.LetterId;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.ProductLedger.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin edits a product that failed, and sends it as a new record. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class DeadLetterEditIT {
    private static final String GOOD =
            "{\"value\":{\"product_id\":\"%s\",\"name\":\"Lamp\",\"description\":\"Bright.\",\"metadata\":{\"color\":\"red\"}}}";

    private DeadLetterDesk desk;
    private GatewayUnderTest gateway;

    @BeforeEach
    void signIn(ClosedGateway.Door door) {
        desk = DeadLetterDesk.of(door);
        gateway = door.gateway();
    }

    @Test
    void anEditedProductIsANewRecordWithAJobThatEndsAndItsLetterIsMended() {
        var letters = desk.writer("products.v1", "editor");
        var id = letter(letters, "edit-1", "{\"product_id\":\"edit-1\"}");

        var answer = desk.redrive(id, GOOD.formatted("edit-1"));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var jobId = answer.json().path("job_id").asText();
        await().atMost(DeadLetterWriter.patience())
                .until(() -> desk.admin()
                        .get("/api/v1/jobs/" + jobId)
                        .json()
                        .path("status")
                        .asText()
                        .equals("succeeded"));
        var record = desk.records("products.v1").stream()
                .filter(sent -> new String(sent.key(), UTF_8).equals("edit-1"))
                .findFirst()
                .orElseThrow();
        assertThat(header(record, "x-job-id")).isEqualTo(jobId);
        assertThat(header(record, "x-letter")).isEqualTo(gateway.topic(id.topic()) + "/" + id.id());
        assertThat(desk.records(letters.retries())).isEmpty();
        assertThat(desk.state(id)).isEqualTo("redriven");
        desk.pass(id);
        desk.awaitState(id, "mended");
        assertThat(desk.history(id)).containsExactly("failed", "edited", "mended");
        refused(desk.redrive(id, GOOD.formatted("edit-1")), 409, "DEAD_LETTER_MENDED");
    }

    @Test
    void theLetterOfADerivedTopicIsEditedAsItsProduct() {
        var letters = desk.writer("product-vectors.builtin-1.v1", "vector-editor");
        var id = letter(letters, "edit-2", "{\"product\":{}}");

        assertThat(desk.redrive(id, GOOD.formatted("edit-2")).status()).isEqualTo(202);
        assertThat(desk.records("products.v1")).anyMatch(sent -> new String(sent.key(), UTF_8).equals("edit-2"));
    }

    @Test
    void allInvalidFieldsAreNamed() {
        var letters = desk.writer("products.v1", "checker");
        var id = letter(letters, "edit-3", "{}");

        invalid(
                id,
                "{\"product_id\":\"edit-3\",\"name\":\" \",\"metadata\":7}",
                Map.of(
                        "name", "must not be blank",
                        "description", "is required",
                        "metadata", "must be of the type [object,string,null]"));
        invalid(
                id,
                "{\"product_id\":\"edit-3\",\"name\":\"a\",\"description\":\"" + "x".repeat(20_001) + "\"}",
                Map.of("description", "must have at most 20000 characters"));
        invalid(
                id,
                "{\"product_id\":\"edit-3\",\"name\":\"a\\u0000b\",\"description\":\"d\"}",
                Map.of("name", "must not contain the NUL character"));
        invalid(
                id,
                "{\"product_id\":\"other\",\"name\":\"a\",\"description\":\"d\"}",
                Map.of("product_id", "must stay edit-3, which is the key of the record"));
        assertThat(desk.state(id)).isEqualTo("open");
    }

    @Test
    void anEditThatWouldUndoANewerVersionIsRefusedWithTheDifferences() {
        var letters = desk.writer("products.v1", "late");
        var id = letter(letters, "edit-4", "{}");
        var newer = new ProductSaved("edit-4", "Lamp", "Dark.", new Metadata(Map.of("color", "blue", "size", 3)), null);
        gateway.bean(ProductLedger.class).save(List.of(new Entry("edit-4", 1L << 50, newer)));

        var answer = desk.redrive(id, GOOD.formatted("edit-4"));

        refused(answer, 409, "ENTITY_HAS_NEWER_VERSION");
        var differences = new ArrayList<String>();
        for (JsonNode each : answer.json().path("diff")) {
            differences.add(each.path("field").asText() + ": " + each.path("newer") + " / " + each.path("yours"));
        }
        assertThat(differences)
                .containsExactlyInAnyOrder(
                        "description: \"Dark.\" / \"Bright.\"",
                        "metadata.color: \"blue\" / \"red\"",
                        "metadata.size: 3 / ");
        assertThat(desk.state(id)).isEqualTo("open");
    }

    @Test
    void anEditOfAProductThatWasDeletedSinceIsRefused() {
        var letters = desk.writer("products.v1", "deleted");
        var id = letter(letters, "edit-5", "{}");
        gateway.bean(ProductLedger.class).save(List.of(new Entry("edit-5", 1L << 50, null)));

        var answer = desk.redrive(id, GOOD.formatted("edit-5"));

        refused(answer, 409, "ENTITY_HAS_NEWER_VERSION");
        assertThat(answer.json().path("detail").asText()).contains("was deleted");
    }

    @Test
    void anEditWhileAChangeIsUnderWayIsRefused() {
        var letters = desk.writer("products.v1", "busy");
        var id = letter(letters, "stuck-edit-6", "{}");
        var form = new Multipart()
                .field("product_id", "stuck-edit-6")
                .field("name", "Lamp")
                .field("description", "Light.");
        var saved = gateway.post(
                "/api/v1/index-product",
                form,
                "Prefer",
                "respond-async",
                "Authorization",
                "Bearer " + desk.admin().token());
        assertThat(saved.status()).isEqualTo(202);

        refused(desk.redrive(id, GOOD.formatted("stuck-edit-6")), 409, "ENTITY_HAS_OPEN_JOB");
    }

    @Test
    void lettersThatAreNotAboutProductsAreNotEdited() {
        var letters = desk.writer("import-rows.v1", "rows");
        var id = letter(letters, "companies:1", "{}");

        var answer = desk.redrive(id, GOOD.formatted("x"));

        refused(answer, 422, "DEAD_LETTER_NOT_EDITABLE");
        assertThat(answer.json().path("detail").asText()).contains("/api/v1/rows/");
    }

    private LetterId letter(DeadLetterWriter letters, String key, String value) {
        return desk.awaitLetter(letters.write(key, value, letters.headers("INVALID_EVENT", "name is required")));
    }

    private void invalid(LetterId id, String value, Map<String, String> errors) {
        var answer = desk.redrive(id, "{\"value\":" + value + "}");
        refused(answer, 422, "VALIDATION_FAILED");
        var found = new HashMap<String, String>();
        for (JsonNode error : answer.json().path("errors")) {
            found.put(error.path("field").asText(), error.path("message").asText());
        }
        assertThat(found).isEqualTo(errors);
    }
}
