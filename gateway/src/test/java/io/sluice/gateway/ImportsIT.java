package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.imports.file.FirstBytes;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.testkit.TestStack;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Imports through a gateway with its stores. The test does the work of the importer and the indexer. */
@ExtendWith(OneGateway.class)
class ImportsIT {
    private static final String IMPORTS = "/api/v1/imports";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] FILE = "siret;nom\n73282932000074;Boulangerie Dupré\n".getBytes(UTF_8);

    private GatewayUnderTest gateway;

    @BeforeEach
    void gateway(GatewayUnderTest gateway) {
        this.gateway = gateway;
    }

    @AfterEach
    void endWhatIsOpen() {
        requests().forEach(request -> report(request.importId(), "imported", JobStatus.SUCCEEDED, Map.of(), Map.of()));
        await().atMost(PATIENCE)
                .until(() -> requests().stream()
                        .noneMatch(request -> status(request.importId()).equals("queued")
                                || status(request.importId()).equals("processing")));
    }

    @Test
    void storesAFilePublishesItAndAnswers() {
        var answer = gateway.post(
                IMPORTS,
                new Multipart()
                        .field("mapping", "{\"nom\": \"name\"}")
                        .file("file", "C:\\Mes documents\\été.csv", "text/plain", FILE)
                        .field("dry_run", "true")
                        .field("create_categories", "false")
                        .field("sheet", "Feuille 2")
                        .field("kind", "companies"));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var id = answer.json().path("import_id").asText();
        assertThat(answer.json().path("job_id").asText()).isEqualTo(id);
        assertThat(answer.json().path("status").asText()).isEqualTo("queued");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/jobs/" + id);
        var object = requested(id).object();
        assertThat(requested(id))
                .isEqualTo(new ImportRequested(
                        id, "companies", object, "été.csv", Map.of("nom", "name"), true, null, id, "Feuille 2", false));
        assertThat(object.key()).isEqualTo("imports/" + id);
        assertThat(object.contentType()).isEqualTo("text/csv");
        assertThat(gateway.bean(ObjectStore.class).get(object, 1_000)).isEqualTo(FILE);
    }

    @Test
    void showsAnImportFromItsJobAlone() {
        var id = accept("villes.csv");

        var accepted = gateway.get(IMPORTS + "/" + id);
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.json().path("status").asText()).isEqualTo("queued");
        assertThat(accepted.json().path("kind").asText()).isEqualTo("companies");
        assertThat(accepted.json().path("file_name").asText()).isEqualTo("villes.csv");
        assertThat(accepted.json().path("dry_run").asBoolean(true)).isFalse();
        assertThat(accepted.json().has("rows_total")).isFalse();
        assertThat(accepted.json().path("rows_created").asLong(-1)).isZero();
        assertThat(accepted.json().has("eta_seconds")).isFalse();

        report(
                id,
                "checked",
                JobStatus.PROCESSING,
                Map.of("rows_total", 10L),
                Map.of("encoding", "windows-1252", "notes", "One.\nTwo."));
        report(id, "written", JobStatus.PROCESSING, Map.of("rows_created", 3L, "rows_rejected", 1L), Map.of());
        await().atMost(PATIENCE).until(() -> status(id).equals("processing") && view(id).has("rows_per_second"));
        assertThat(view(id).path("rows_total").asLong()).isEqualTo(10);
        assertThat(view(id).path("rows_created").asLong()).isEqualTo(3);
        assertThat(view(id).path("rows_rejected").asLong()).isEqualTo(1);
        assertThat(view(id).path("rows_per_second").asDouble()).isPositive();
        assertThat(view(id).has("eta_seconds")).isTrue();
        assertThat(view(id).path("encoding").asText()).isEqualTo("windows-1252");
        assertThat(view(id).path("notes").toString()).isEqualTo("[\"One.\",\"Two.\"]");
    }

    @Test
    void reportsProgressAfterAJobLargerThanAMegabyte() {
        var large = accept("large.csv");
        var next = accept("next.csv");
        for (var fact : List.of("one", "other")) {
            report(large, fact, JobStatus.PROCESSING, Map.of(), Map.of(fact, "x".repeat(700_000)));
        }
        report(large, "imported", JobStatus.SUCCEEDED, Map.of(), Map.of());
        report(next, "imported", JobStatus.SUCCEEDED, Map.of(), Map.of());

        await().atMost(PATIENCE)
                .until(() -> status(next).equals("succeeded") && status(large).equals("succeeded"));
    }

    @Test
    void listsJustAcceptedImportsFirstAndThenTheLatest() {
        var older = accept("older.csv");
        var newer = accept("newer.csv");
        open(older);
        open(newer);
        var pending = accept("pending.csv");

        var first = gateway.get(IMPORTS + "?limit=1").json();
        assertThat(first.path("imports").findValuesAsText("import_id")).containsExactly(pending, newer);
        assertThat(first.at("/imports/0/file_name").asText()).isEqualTo("pending.csv");
        var second = gateway.get(
                        IMPORTS + "?limit=1&before=" + first.path("next").asText())
                .json();
        assertThat(second.path("imports").findValuesAsText("import_id")).containsExactly(older);
    }

    @Test
    void followsAnImportUntilItIsOver() {
        var id = accept("followed.csv");
        var stream = gateway.lines(gateway.request(IMPORTS + "/" + id + "/events"));
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        report(id, "written", JobStatus.PROCESSING, Map.of("rows_created", 5L), Map.of());
        report(id, "imported", JobStatus.SUCCEEDED, Map.of("rows_created", 9L, "rows_total", 9L), Map.of());

        var lines = stream.body().toList();

        assertThat(lines)
                .contains("event: progress")
                .filteredOn("event: end"::equals)
                .hasSize(1);
        var last = lines.stream()
                .filter(line -> line.startsWith("data: "))
                .toList()
                .getLast();
        assertThat(last).contains("\"rows_created\":9", "\"status\":\"succeeded\"", "\"import_id\":\"" + id + "\"");
        var lastId = lines.stream()
                .filter(line -> line.startsWith("id: "))
                .toList()
                .getLast()
                .substring(4);
        var again =
                gateway.lines(gateway.request(IMPORTS + "/" + id + "/events").header("Last-Event-ID", lastId));
        assertThat(again.statusCode()).isEqualTo(204);
    }

    @Test
    void givesTheRejectedRowsAsJsonAndAsFilesToCorrect() throws Exception {
        var id = accept("errors.csv");
        assertThat(gateway.get(IMPORTS + "/" + id + "/errors").json().path("errors"))
                .isEmpty();
        open(id);
        gateway.bean(ImportLedger.class).describe(id, List.of("siret", "nom", "tél", "error"), Map.of("nom", "name"));
        reject(id, 3, Map.of("siret", "1", "nom", "Le \"Bon\", Pain", "tél", "+33140205050"), "siret", "has 1 digit");
        reject(id, 7, Map.of("siret", "", "nom", "=1+1"), "siret", "is required");

        var page = gateway.get(IMPORTS + "/" + id + "/errors?limit=1").json();
        assertThat(page.at("/errors/0/row_number").asInt()).isEqualTo(3);
        assertThat(page.at("/errors/0/error").asText()).isEqualTo("siret has 1 digit");
        assertThat(page.at("/errors/0/reasons/0/field").asText()).isEqualTo("siret");
        assertThat(page.at("/errors/0/cells/tél").asText()).isEqualTo("+33140205050");
        assertThat(page.path("next").asInt()).isEqualTo(3);
        var rest = gateway.get(IMPORTS + "/" + id + "/errors?after=3").json();
        assertThat(rest.path("errors").findValuesAsText("row_number")).containsExactly("7");
        assertThat(rest.has("next")).isFalse();

        var csv = gateway.send(gateway.request(IMPORTS + "/" + id + "/errors").header("Accept", "text/csv"));
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
        assertThat(new String(csv.response().body(), UTF_8)).isEqualTo("\uFEFF" + """
            siret,nom,tél,row_number,error\r
            1,"Le ""Bon"", Pain",'+33140205050,3,siret has 1 digit\r
            "",'=1+1,,7,siret is required\r
            """);
        var named = gateway.get(IMPORTS + "/" + id + "/errors?format=csv&limit=0");
        assertThat(named.response().body()).isEqualTo(csv.response().body());

        var workbook =
                gateway.send(gateway.request(IMPORTS + "/" + id + "/errors").header("Accept", FirstBytes.WORKBOOK));
        assertThat(workbook.header("Content-Type")).isEqualTo(FirstBytes.WORKBOOK);
        assertThat(workbook.header("Content-Disposition")).isEqualTo("attachment; filename=\"errors.xlsx\"");
        try (var read =
                new XSSFWorkbook(new ByteArrayInputStream(workbook.response().body()))) {
            assertThat(read.getSheetAt(0)
                            .getRow(1)
                            .getCell(0)
                            .getCellComment()
                            .getString()
                            .getString())
                    .isEqualTo("siret has 1 digit");
        }
        assertThat(gateway.get(IMPORTS + "/" + id + "/errors?format=XLSX").header("Content-Type"))
                .isEqualTo(FirstBytes.WORKBOOK);
        assertThat(gateway.get(IMPORTS + "/" + id + "/errors?format=json")
                        .json()
                        .has("errors"))
                .isTrue();
        var unknown = gateway.get(IMPORTS + "/" + id + "/errors?format=ods");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/errors/0/message").asText()).isEqualTo("must be one of json, csv, xlsx");
    }

    @Test
    void cancelsAnImportThroughItsJob() {
        var id = accept("a.csv");

        var canceled = gateway.post("/api/v1/jobs/" + id + "/cancel", "application/json", new byte[0]);

        assertThat(canceled.status()).as("%s", canceled.json()).isEqualTo(200);
        assertThat(canceled.json().path("job_id").asText()).isEqualTo(id);
        assertThat(canceled.json().path("status").asText()).isEqualTo("canceled");
        assertThat(gateway.bean(ImportLedger.class).find(id).orElseThrow().canceled())
                .isTrue();
        refused(gateway.post("/api/v1/jobs/never/cancel", "application/json", new byte[0]), 404, "JOB_NOT_FOUND");
    }

    @Test
    void cancelsAnImportBeforeAndAfterItHasStarted() {
        var waiting = accept("waiting.csv");
        var underWay = accept("under-way.csv");
        open(underWay);
        reject(underWay, 2, Map.of("siret", "1"), "siret", "has 1 digit");

        for (var id : List.of(waiting, underWay)) {
            var canceled = gateway.post(IMPORTS + "/" + id + "/cancel", "application/json", new byte[0]);
            assertThat(canceled.status()).as("%s", canceled.json()).isEqualTo(200);
            assertThat(canceled.json().path("status").asText()).isEqualTo("canceled");
            assertThat(gateway.bean(ImportLedger.class).find(id).orElseThrow().canceled())
                    .isTrue();
            assertThat(gateway.post(IMPORTS + "/" + id + "/cancel", "application/json", new byte[0])
                            .status())
                    .as("again")
                    .isEqualTo(200);
        }
        assertThat(view(underWay).path("rows_rejected").asLong()).isEqualTo(1);

        var over = accept("over.csv");
        report(over, "imported", JobStatus.SUCCEEDED, Map.of("rows_total", 0L), Map.of());
        await().atMost(PATIENCE).until(() -> status(over).equals("succeeded"));
        refused(gateway.post(IMPORTS + "/" + over + "/cancel", "application/json", new byte[0]), 409, "IMPORT_OVER");
    }

    @Test
    void acceptsRowsAsTheFileOfAnImport() {
        var rows = "[{\"siret\": \"73282932000074\", \"name\": \"Dupré\"}]".getBytes(UTF_8);
        var answer = gateway.post("/api/v1/rows/companies?dry_run=true", "application/json", rows);

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var id = answer.json().path("import_id").asText();
        assertThat(requested(id).object().contentType()).isEqualTo("application/json");
        assertThat(requested(id).runsDry()).isTrue();
        assertThat(requested(id).owner()).as("callers have no accounts yet").isNull();
        assertThat(gateway.bean(ObjectStore.class).get(requested(id).object(), 1_000))
                .isEqualTo(rows);

        refused(
                gateway.post("/api/v1/rows/companies", "application/json", "{}".getBytes(UTF_8)),
                400,
                "MALFORMED_BODY");
        refused(gateway.post("/api/v1/rows/companies", "text/csv", FILE), 415, "UNSUPPORTED_MEDIA_TYPE");
        refused(
                gateway.post("/api/v1/rows/companies?encoding=cp1252", "application/json", "[]".getBytes(UTF_8)),
                422,
                "VALIDATION_FAILED");
        refused(gateway.post("/api/v1/rows/nothing", "application/json", rows), 404, "IMPORT_KIND_NOT_FOUND");
    }

    @Test
    void aCallSentAgainWithItsKeyIsTheSameImport() {
        var first = gateway.post(IMPORTS, form("once.csv", FILE), "Idempotency-Key", "import-once");
        var again = gateway.post(IMPORTS, form("once.csv", FILE), "Idempotency-Key", "import-once");
        var id = first.json().path("import_id").asText();

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("import_id").asText()).isEqualTo(id);
        assertThat(gateway.bean(ObjectStore.class).get(requested(id).object(), 1_000))
                .isEqualTo(FILE);
        var other = form("once.csv", "siret\n1\n".getBytes(UTF_8));
        refused(gateway.post(IMPORTS, other, "Idempotency-Key", "import-once"), 422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void waitsForAnImportWhenAskedTo() {
        var id = gateway.post(IMPORTS, form("awaited.csv", FILE), "Idempotency-Key", "import-awaited")
                .json()
                .path("import_id")
                .asText();
        report(id, "imported", JobStatus.SUCCEEDED, Map.of("rows_total", 1L, "rows_created", 1L), Map.of());

        var over = gateway.post(
                IMPORTS, form("awaited.csv", FILE), "Idempotency-Key", "import-awaited", "Prefer", "wait=30");

        assertThat(over.status()).as("%s", over.json()).isEqualTo(200);
        assertThat(over.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(over.json().path("status").asText()).isEqualTo("succeeded");
        assertThat(over.json().path("rows_created").asLong()).isEqualTo(1);
    }

    @Test
    void listsTheKindsAndGivesATemplateFile() {
        var kinds = gateway.get("/api/v1/import-kinds").json().path("kinds");
        assertThat(kinds.findValuesAsText("name")).contains("companies", "categories", "subcategories", "products");

        var template = gateway.get("/api/v1/import-kinds/companies/template");
        assertThat(template.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
        assertThat(new String(template.response().body(), UTF_8)).contains("siret,name,");
        refused(gateway.get("/api/v1/import-kinds/nothing/template"), 404, "IMPORT_KIND_NOT_FOUND");
    }

    @Test
    void answers404ForAnImportThatDoesNotExist() {
        for (var path : List.of("/never", "/never/errors", "/never/events")) {
            refused(gateway.get(IMPORTS + path), 404, "IMPORT_NOT_FOUND");
        }
        refused(gateway.post(IMPORTS + "/never/cancel", "application/json", new byte[0]), 404, "IMPORT_NOT_FOUND");
    }

    private String accept(String name) {
        var answer = gateway.post(IMPORTS, form(name, FILE));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        return answer.json().path("import_id").asText();
    }

    private static Multipart form(String name, byte[] file) {
        return new Multipart().field("kind", "companies").file("file", name, "text/csv", file);
    }

    private com.fasterxml.jackson.databind.JsonNode view(String id) {
        return gateway.get(IMPORTS + "/" + id).json();
    }

    private String status(String id) {
        return view(id).path("status").asText();
    }

    private void open(String id) {
        gateway.bean(ImportLedger.class).open(requested(id));
    }

    private void reject(String id, int row, Map<String, String> cells, String field, String message) {
        var reasons = List.of(new ImportRow.Reason(field, message));
        var batch = new RowStore.Batch(
                List.of(), List.of(), List.of(new ImportRow.Rejection(id, row, cells, reasons)), List.of());
        gateway.bean(RowStore.class).write(batch);
    }

    private void report(
            String id, String stage, JobStatus outcome, Map<String, Long> counts, Map<String, String> facts) {
        var event = JobEvent.of(id, "import", stage, outcome, Instant.now())
                .withSubject(id)
                .withCounts(counts)
                .withFacts(facts);
        TestStack.kafka()
                .write(gateway.topic("job-events.v1"), id, new String(new JsonCodec().encode(event), UTF_8), Map.of());
    }

    private ImportRequested requested(String id) {
        var found = requests().stream()
                .filter(request -> request.importId().equals(id))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<ImportRequested> requests() {
        return TestStack.kafka().read(gateway.topic("imports.v1")).stream()
                .map(message -> new JsonCodec().decode(ImportRequested.class, message.value()))
                .map(decoded -> ((Decoded.Intact<ImportRequested>) decoded).event())
                .toList();
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }
}
