package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice index FILE|DIR}. */
class IndexFilesTest {
    private static final String BATCH = "/api/v1/products:batch";
    private static final String WITH_IMAGE = "/api/v1/index-product-with-image";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());
    private final List<String> batches = new ArrayList<>();
    private int linesUntilOutage = Integer.MAX_VALUE;

    @BeforeEach
    void start() {
        gateway.answering(BATCH, this::batch);
    }

    @Test
    void goesOnPastProductsThatAreRefusedAndNamesThem() throws IOException {
        var file = file(
                "products.ndjson",
                product("sku-1"),
                "",
                product("sku-2").replace("Lamp", " "),
                "{broken",
                product("sku-3"));

        assertThat(shell.run("index", file.toString())).isEqualTo(3);
        assertThat(shell.out().lines().toList())
                .hasSize(3)
                .startsWith("✗ line 3 (sku-2): name must not be blank", "✗ line 4: not JSON")
                .last()
                .asString()
                .startsWith("accepted 2 of 4 products, rejected 2, in ");
        assertThat(batches).hasSize(1);
    }

    @Test
    void sendsAThousandAndMoreInPartsAndTakesAJsonArrayToo() throws IOException {
        var all = IntStream.range(0, 1_201).mapToObj(i -> product("p-" + i)).toList();
        var array = Files.writeString(dir.resolve("products.json"), "[" + String.join(",\n", all) + "]");

        assertThat(shell.run("index", array.toString())).isZero();
        assertThat(shell.out()).startsWith("accepted 1,201 of 1,201 products in ");
        assertThat(batches).extracting(batch -> batch.lines().count()).containsExactly(500L, 500L, 201L);
        assertThat(ids(String.join("", batches)))
                .hasSize(1_201)
                .startsWith("p-0", "p-1")
                .endsWith("p-1200");
    }

    @Test
    void saysWhatWasSentWhenTheGatewayStaysAwayAndGoesOnThereTheNextTime() throws IOException {
        var file = file(
                "p.ndjson",
                IntStream.range(0, 1_200).mapToObj(i -> product("p-" + i)).toArray(String[]::new));
        linesUntilOutage = 500;

        assertThat(shell.run("index", file.toString(), "--patience", "0")).isEqualTo(1);
        assertThat(shell.err())
                .contains("(Kafka is away); 500 of 1,200 products were sent, and the same call continues from there");

        linesUntilOutage = Integer.MAX_VALUE;
        batches.clear();
        assertThat(shell.run("index", file.toString())).isZero();
        assertThat(shell.err()).contains("continuing after the 500 products sent before");
        assertThat(shell.out()).startsWith("accepted 1,200 of 1,200 products");
        assertThat(ids(String.join("", batches))).hasSize(700).startsWith("p-500");

        batches.clear();
        assertThat(shell.run("index", file.toString())).isZero();
        assertThat(ids(String.join("", batches))).as("it had come to its end").hasSize(1_200);
    }

    @Test
    void beginsAnewWhenToldToOrWhenTheFileHasChanged() throws IOException {
        linesUntilOutage = 500;
        var lines = IntStream.range(0, 600).mapToObj(i -> product("p-" + i)).toArray(String[]::new);
        var file = file("p.ndjson", lines);
        for (var again : new String[][] {{"--restart"}, {}}) {
            linesUntilOutage = 500;
            assertThat(shell.run("index", file.toString(), "--patience", "0")).isEqualTo(1);
            if (again.length == 0) {
                Files.writeString(file, String.join("\n", lines) + "\n" + product("one-more"));
            }
            linesUntilOutage = Integer.MAX_VALUE;
            batches.clear();
            var args = again.length == 0
                    ? new String[] {"index", file.toString()}
                    : new String[] {"index", file.toString(), again[0]};
            assertThat(shell.run(args)).isZero();
            assertThat(ids(String.join("", batches))).startsWith("p-0");
        }
    }

    @Test
    void triesAgainFromTheFirstLineThatMayYetSucceed() throws IOException {
        var file = file("p.ndjson", product("a"), product("b"), product("a"));
        linesUntilOutage = 1;
        gateway.answering(BATCH, body -> {
            var answer = batch(body);
            linesUntilOutage = Integer.MAX_VALUE;
            return answer;
        });

        assertThat(shell.run("index", file.toString())).isZero();
        assertThat(batches).extracting(IndexFilesTest::ids).containsExactly(List.of("a", "b", "a"), List.of("b", "a"));
    }

    @Test
    void makesAProductOfEachPictureOfAFolder() throws IOException {
        gateway.answering(WITH_IMAGE, 202, "{\"status\":\"queued\",\"job_id\":\"j\"}");
        Files.createDirectories(dir.resolve("mugs"));
        for (var name : List.of("mugs/red_mug-2.JPG", "lamp.png", "notes.txt")) {
            Files.writeString(dir.resolve(name), "bytes of " + name);
        }

        assertThat(shell.run("index", dir.toString())).isZero();
        assertThat(shell.out()).startsWith("accepted 2 of 2 products");
        assertThat(gateway.calls())
                .hasSize(2)
                .anySatisfy(
                        call -> assertThat(call).contains("mugs-red_mug-2", "Mugs red mug 2", "bytes of mugs/red_mug"))
                .anySatisfy(
                        call -> assertThat(call).contains("\r\n\r\nlamp\r\n", "\r\n\r\nLamp\r\n", "bytes of lamp.png"));
    }

    @Test
    void namesThePictureThatWouldTakeAnothersPlaceAndPassesOverHiddenFiles() throws IOException {
        gateway.answering(WITH_IMAGE, 202, "{\"status\":\"queued\",\"job_id\":\"j\"}");
        Files.createDirectories(dir.resolve("sub"));
        for (var name : List.of("a.jpg", "a.png", "sub/b.jpg", "sub-b.jpg", ".hidden.jpg", "notes.txt")) {
            Files.write(dir.resolve(name), new byte[] {1});
        }

        assertThat(shell.run("index", dir.toString())).isEqualTo(3);
        assertThat(shell.out())
                .contains("✗ a.png (a): would be the same product as a.jpg: give it another name")
                .contains("accepted 2 of 4 products, rejected 2, in ");
    }

    @Test
    void readsTheDescriptionsOfAFolderAndSendsThePicturesTheyName() throws IOException {
        gateway.answering(WITH_IMAGE, 422, "{\"title\":\"Refused\",\"detail\":\"the picture is cut short\"}");
        Files.writeString(dir.resolve("a.jpg"), "bytes");
        file(
                "products.ndjson",
                product("bare"),
                pictured("cut", "a.jpg"),
                pictured("none", "missing.jpg"),
                pictured("out", "../a.jpg"));

        assertThat(shell.run("index", dir.toString())).isEqualTo(3);
        assertThat(shell.out().lines().toList())
                .contains(
                        "✗ line 2 (cut): the picture is cut short",
                        "✗ line 3 (none): image_file " + dir.resolve("missing.jpg") + " cannot be read",
                        "✗ line 4 (out): image_file must be in the folder of the file")
                .last()
                .asString()
                .startsWith("accepted 1 of 4 products, rejected 3,");
    }

    @Test
    void waitsForTheJobsAndNamesThoseThatFailed() throws IOException {
        var file = file("p.ndjson", product("good"), product("bad"));
        gateway.answering("/api/v1/jobs/job-good", 200, "{\"status\":\"processing\"}")
                .answering("/api/v1/jobs/job-good", 200, "{\"status\":\"succeeded\"}")
                .answering(
                        "/api/v1/jobs/job-bad",
                        200,
                        "{\"status\":\"dead\",\"error\":{\"code\":\"TOO_LARGE\",\"message\":\"no room\"}}");

        assertThat(shell.run("index", file.toString(), "--wait")).isEqualTo(3);
        assertThat(shell.out().lines().skip(1))
                .containsExactly("✗ line 2 (bad): TOO_LARGE: no room", "indexed 1 of 2 products");
    }

    @Test
    void saysHowToUseItOtherwise() throws IOException {
        assertThat(shell.run("index", "--id", "a")).isEqualTo(2);
        assertThat(shell.err()).contains("Give a FILE or a folder, or --id, --name and --description");
        assertThat(shell.run("index", dir.resolve("none").toString())).isEqualTo(1);
        assertThat(shell.run("index", dir.toString())).isEqualTo(1);
        assertThat(shell.err()).contains("has neither pictures").hasLineCount(1);
        assertThat(shell.run("index", file("x.json", "[1,").toString())).isEqualTo(1);
        assertThat(shell.err())
                .contains("x.json is not a JSON array from item 2 on")
                .hasLineCount(1);
        assertThat(batches).isEmpty();
    }

    /** As the gateway does it, in small; from some line on, Kafka is away. */
    private String batch(String body) {
        batches.add(body);
        return body.lines().map(this::answer).collect(Collectors.joining("\n"));
    }

    private String answer(String line) {
        if (linesUntilOutage-- <= 0) {
            return rejected("", "KAFKA_UNAVAILABLE", "Kafka is away", true, "");
        }
        var id = id(line);
        if (id.isEmpty()) {
            return rejected("", "MALFORMED_BODY", "not JSON", false, "");
        }
        return line.contains("\" \"")
                ? rejected(
                        id,
                        "VALIDATION_FAILED",
                        "name must not be blank",
                        false,
                        "{\"field\":\"name\",\"message\":\"must not be blank\"}")
                : "{\"product_id\":\"%s\",\"status\":\"queued\",\"job_id\":\"job-%s\"}".formatted(id, id);
    }

    private static String rejected(String id, String code, String message, boolean retryable, String errors) {
        return "{\"product_id\":\"%s\",\"status\":\"rejected\",\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"retryable\":%s,\"errors\":[%s]}}"
                .formatted(id, code, message, retryable, errors);
    }

    private static List<String> ids(String ndjson) {
        return ndjson.lines().map(IndexFilesTest::id).toList();
    }

    private static String id(String line) {
        try {
            JsonNode product = JSON.readTree(line);
            return product.path("product_id").asText();
        } catch (IOException e) {
            return "";
        }
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(dir.resolve(name), String.join("\n", lines));
    }

    private static String product(String id) {
        return "{\"product_id\":\"%s\",\"name\":\"Lamp\",\"description\":\"It gives light.\"}".formatted(id);
    }

    private static String pictured(String id, String picture) {
        return product(id).replace("}", ",\"image_file\":\"" + picture + "\"}");
    }
}
