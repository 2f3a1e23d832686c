package io.sluice.runtime.json;

import static io.sluice.runtime.RuntimeFailure.INVALID_EVENT;
import static io.sluice.runtime.RuntimeFailure.UNDECODABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.runtime.Failure;
import io.sluice.runtime.json.Decoded.Intact;
import io.sluice.runtime.json.Decoded.Unreadable;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.StoredObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCodecTest {
    private final JsonCodec codec = new JsonCodec();

    @Test
    void writesWhatItCanReadAgain() {
        var values = new HashMap<String, Object>(Map.of("size", 3, "tags", List.of("a", Map.of("deep", true))));
        values.put("nothing", null);
        var image = new StoredObject("sluice", "products/ab", "ab".repeat(32), "image/png", 7);
        var product = new ProductSaved("p-1", "Lamp", "A lamp.", new Metadata(values), image);
        var vectors =
                new ProductVectors(product, "builtin", Map.of("text", 2), Map.of("text", Embedding.of(1.5f, -2f)));
        var step = JobEvent.of("j-1", "product", "embedded", JobStatus.DEAD, Instant.parse("2026-01-02T03:04:05.678Z"))
                .withCounts(Map.of("rows", 2L))
                .withError(new JobError("X", "why"))
                .withSubject("p-1")
                .withVersion(7L);

        assertThat(List.of(product, vectors, step))
                .allSatisfy(event -> assertThat(roundTrip(event)).isEqualTo(event));
    }

    @Test
    void writesTheWireFormOfTheContract() {
        var step = JobEvent.step("j-1", "product", "embedded", Instant.EPOCH);

        assertThat(json(step))
                .isEqualTo("{\"job_id\":\"j-1\",\"kind\":\"product\",\"stage\":\"embedded\",\"outcome\":\"processing\","
                        + "\"counts\":{},\"facts\":{},\"at\":\"1970-01-01T00:00:00Z\"}");
        assertThat(json(new ProductSaved("p", "n", "d", Metadata.ofText("red"), null)))
                .isEqualTo(
                        "{\"product_id\":\"p\",\"name\":\"n\",\"description\":\"d\",\"metadata\":{\"text\":\"red\"}}");
    }

    @Test
    void tellsTheRecordsOfAnImportApart() {
        var row = new ImportRow.Data("companies", "i-1", 2, Map.of("siret", "73282932000074", "phone", ""));
        var rejection =
                new ImportRow.Rejection("i-1", 3, Map.of("SIRET", "1"), List.of(new Reason("siret", "is too short")));
        var end = new ImportRow.End("i-1", 2);

        assertThat(List.of(row, rejection, end))
                .allSatisfy(record -> assertThat(codec.decode(ImportRow.class, codec.encode(record)))
                        .isEqualTo(new Intact<>(record)));
    }

    @Test
    void takesWhatUpstreamSystemsWriteInARowAsText() {
        var json = "{\"kind\":\"companies\",\"fields\":{\"postcode\":75001,\"phone\":null,\"tags\":[\"a\"]}}";

        assertThat(codec.decode(ImportRow.class, json.getBytes(UTF_8)))
                .isEqualTo(new Intact<ImportRow>(new ImportRow.Data(
                        "companies", null, null, Map.of("postcode", "75001", "phone", "", "tags", "[\"a\"]"))));
    }

    @Test
    void refusesMetadataThatNoStoreCanKeepFromWhateverSideItComes() {
        for (var metadata :
                List.of("{\"a\":".repeat(33) + "1" + "}".repeat(33), "{\"a\":1e999}", "{\"a\":\"\\u0000\"}")) {
            var json = "{\"product_id\":\"p\",\"name\":\"n\",\"description\":\"d\",\"metadata\":" + metadata + "}";

            assertThat(codec.decode(ProductSaved.class, json.getBytes(UTF_8)))
                    .asString()
                    .contains("INVALID_EVENT", "metadata must not");
        }
    }

    /** The other implementation is Jackson: a document of exactly the largest size passes, one byte more does not. */
    @Test
    void countsTheBytesOfMetadataAsTheyAreWritten() throws Exception {
        var values = new HashMap<String, @Nullable Object>();
        values.put("\"quoted\\\n\u0001", List.of(1, -2.5, 1e300, new BigInteger("12345678901234567890")));
        values.put("é€😀", Map.of("yes", true, "list", List.of(List.of(), Map.of())));
        values.put("nothing", null);
        values.put("rest", "");
        values.put("rest", "x".repeat(Metadata.MAX_BYTES - codec.mapper().writeValueAsBytes(values).length));
        assertThat(codec.mapper().writeValueAsBytes(values)).hasSize(Metadata.MAX_BYTES);

        assertThat(Metadata.of(values).storable()).isNotNull();
        values.put("rest", values.get("rest") + "x");
        assertThatThrownBy(() -> Metadata.of(values).storable()).hasMessageContaining("has 900,001");
    }

    @Test
    void keepsAnEmptyValueOfTheMetadata() {
        var values = new HashMap<String, Object>();
        values.put("color", null);

        assertThat(json(new ProductSaved("p", "n", "d", new Metadata(values), null)))
                .contains("\"metadata\":{\"color\":null}");
    }

    @Test
    void takesMetadataAsTextAndIgnoresWhatItDoesNotKnow() {
        var json = "{\"product_id\":\"p\",\"name\":\"n\",\"description\":\"d\",\"metadata\":\"red\",\"new_field\":[1]}";

        assertThat(codec.decode(ProductSaved.class, json.getBytes(UTF_8)))
                .isEqualTo(new Intact<>(new ProductSaved("p", "n", "d", Metadata.ofText("red"), null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello | the value is not JSON (line 1, column 1)",
                "{\"product_id\":\"p\" | the JSON is cut short (line 1, column 18)",
                "`` | the value is empty; a deletion has no value",
                "null | the value is the JSON null, not an object",
                "[1] | the value must be an object (line 1, column 1)",
                "{\"product_id\":5} | product_id must be a text (line 1, column 15)",
                "{\"product_id\":{}} | product_id must be a text (line 1, column 15)",
                "{\"product_id\":\"a\",\"product_id\":\"b\"} | the JSON has a field twice (line 1, column 31)",
                "{\"product_id\":\"p\",\"image\":{\"size\":\"big\"}} | image.size must be a number in range (line 1,"
                        + " column 35)",
                "{\"product_id\":\"p\",\"image\":[]} | image must be an object (line 1, column 27)",
            })
    void saysWhereAValueIsNotOfTheShape(String json, String message) {
        assertThat(failure(json))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(UNDECODABLE))
                .satisfies(failure -> assertThat(failure.detail()).isEqualTo(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"product_id\":\"p\",\"name\":\" \",\"description\":\"d\"} | name must not be blank",
                "{\"name\":\"n\",\"description\":\"d\"} | product_id is required",
                "{\"product_id\":\"p\",\"name\":\"n\",\"description\":\"d\",\"metadata\":5} | metadata must be an"
                        + " object or a text",
            })
    void saysWhichFieldIsAgainstTheContract(String json, String message) {
        assertThat(failure(json))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(INVALID_EVENT))
                .satisfies(failure -> assertThat(failure.detail()).isEqualTo(message));
    }

    @Test
    void neverQuotesThePayload() {
        assertThat(failure("{\"name\":secret}").detail()).doesNotContain("secret");
        assertThat(failure("{\"product_id\":\"p\",\"image\":{\"size\":\"secret\"}}")
                        .detail())
                .doesNotContain("secret");
    }

    @Test
    void refusesMetadataThatIsNestedTooDeeply() {
        var json = "{\"product_id\":\"p\",\"name\":\"n\",\"description\":\"d\",\"metadata\":" + "{\"a\":".repeat(200)
                + "1" + "}".repeat(200) + "}";

        assertThat(failure(json).code()).isEqualTo(UNDECODABLE);
        assertThat(failure(json).detail()).contains("nested too deeply");
    }

    /** As upstream systems send by mistake: a serializer of a schema registry, or compressed values. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "000000002a7b7d | schema registry's magic byte and schema id 42; send the JSON without these five bytes",
                "0000000105047073 | schema registry's magic byte and schema id 261, so it is Avro or Protobuf",
                "1f8b0800 | the value is gzip",
                "28b52ffd00 | the value is zstd",
                "4f626a0102 | an Avro file",
                "c3010102 | Avro (single-object",
                "fffe7b002200 | UTF-16",
                "007b00 22 | UTF-16",
            })
    void namesTheFormatOfAValueThatIsNotJson(String hex, String format) {
        var value = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThat(codec.decode(ProductSaved.class, value)).isInstanceOfSatisfying(Unreadable.class, unreadable -> {
            assertThat(unreadable.failure().code()).isEqualTo(UNDECODABLE);
            assertThat(unreadable.failure().detail()).contains(format);
        });
    }

    @Test
    void refusesBytesThatAreNotText() {
        assertThat(codec.decode(ProductSaved.class, new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"'}))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.failure().code()).isEqualTo(UNDECODABLE));
    }

    @Test
    void refusesTextThatUtf8CannotHold() {
        var half = "{\"product_id\":\"p\",\"name\":\"a\\ud83db\",\"description\":\"d\",\"metadata\":{}}";

        assertThat(failure(half).detail()).startsWith("name has half a surrogate pair");
        assertThat(failure("{\"metadata\":{\"a\":[\"\\udc00\"]}}").detail())
                .startsWith("metadata.a has half a surrogate pair");
    }

    private Failure.Fatal failure(String json) {
        return switch (codec.decode(ProductSaved.class, json.getBytes(UTF_8))) {
            case Unreadable<ProductSaved>(var failure) -> failure;
            case Intact<ProductSaved>(var event) -> throw new AssertionError("was readable: " + event);
        };
    }

    private Event roundTrip(Event event) {
        return switch (codec.decode(event.getClass(), codec.encode(event))) {
            case Intact<?>(var read) -> read;
            case Unreadable<?>(var failure) -> throw new AssertionError(failure.detail());
        };
    }

    private String json(Event event) {
        return new String(codec.encode(event), UTF_8);
    }
}
