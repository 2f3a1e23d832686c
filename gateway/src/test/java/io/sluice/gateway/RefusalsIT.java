package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A refused request publishes nothing and stores nothing. */
@ExtendWith(OneGateway.class)
class RefusalsIT {
    private static final String INDEX = "/api/v1/index-product";
    private static final String INDEX_WITH_IMAGE = "/api/v1/index-product-with-image";
    private static final long FORTY_MEGABYTES = 40L * 1024 * 1024;

    private GatewayUnderTest gateway;
    private int published;

    @BeforeEach
    void gateway(GatewayUnderTest gateway) {
        this.gateway = gateway;
        this.published = published();
    }

    @AfterEach
    void nothingWasPublished() {
        assertThat(published()).isEqualTo(published);
    }

    static Stream<Arguments> filesThatAreNoPictures() {
        var jpeg = Pictures.jpeg(64, 64, 1);
        var png = Pictures.png(64, 64, 1);
        return Stream.of(
                Arguments.of("text named .jpg", "not a picture".getBytes(UTF_8), 422, "IMAGE_FORMAT_UNSUPPORTED"),
                Arguments.of("truncated JPEG", Arrays.copyOf(jpeg, jpeg.length / 2), 422, "IMAGE_TRUNCATED"),
                Arguments.of("truncated PNG", Arrays.copyOf(png, png.length / 2), 422, "IMAGE_TRUNCATED"),
                Arguments.of("nothing", new byte[0], 422, "IMAGE_EMPTY"),
                Arguments.of(
                        "SVG",
                        "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(UTF_8),
                        422,
                        "IMAGE_FORMAT_UNSUPPORTED"),
                Arguments.of("HEIC", box("heic"), 422, "IMAGE_FORMAT_UNSUPPORTED"),
                Arguments.of("AVIF", box("avif"), 422, "IMAGE_FORMAT_UNSUPPORTED"),
                Arguments.of("30,000 x 30,000 pixels", hugeHeader(), 422, "IMAGE_TOO_MANY_PIXELS"),
                Arguments.of("more than 15 MB", new byte[15 * 1024 * 1024 + 1], 413, "IMAGE_TOO_LARGE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filesThatAreNoPictures")
    void refusesAFileThatIsNotAPicture(String what, byte[] file, int status, String code) {
        var started = System.nanoTime();
        var answer =
                gateway.post(INDEX_WITH_IMAGE, product("r-1").file("image_file", "picture.jpg", "image/jpeg", file));

        assertThat(answer.status()).as("%s %s", what, answer.json()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("image_file");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        assertNotStored(file);
    }

    @Test
    void storesNoPictureOfAnInvalidProduct() {
        var picture = Pictures.png(33, 33, 7);
        var form = new Multipart().field("product_id", "r-2").file("image_file", "a.png", "image/png", picture);

        var answer = gateway.post(INDEX_WITH_IMAGE, form);

        assertThat(answer.status()).isEqualTo(422);
        assertNotStored(picture);
    }

    @Test
    void refusesAPictureWhereItWouldNotBeStored() {
        var picture = Pictures.png(33, 33, 8);

        var answer =
                gateway.post("/api/v1/index-product", product("r-3").file("image_file", "a.png", "image/png", picture));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("image_file");
        assertThat(answer.json().path("detail").asText()).contains("/api/v1/index-product-with-image");
    }

    @Test
    void namesEveryInvalidFieldAtOnce() {
        var form = new Multipart()
                .field("product_id", "x".repeat(256))
                .field("name", " ")
                .field("metadata", "{\"a\": \"\\u0000\"}")
                .file("image_file", "a.jpg", "image/jpeg", new byte[0]);

        var answer = gateway.post(INDEX_WITH_IMAGE, form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").asText()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.json().path("errors").findValuesAsText("field"))
                .containsExactly("product_id", "name", "description", "metadata", "image_file");
        assertThat(answer.json().at("/errors/2/message").asText()).isEqualTo("is required");
    }

    @Test
    void saysWhichJsonFieldHasTheWrongType() {
        var json = "{\"product_id\": \"r-3\", \"name\": 5, \"description\": [\"a\"], \"metadata\": 7}";
        var answer = gateway.post(INDEX, "application/json", json.getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("field"))
                .containsExactly("name", "description", "metadata");
        assertThat(answer.json().at("/errors/0/message").asText()).isEqualTo("must be a string, is a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "", "nul"})
    void refusesWhatIsNotAJsonObject(String body) {
        var answer = gateway.post(INDEX, "application/json", body.getBytes(UTF_8));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isEqualTo("MALFORMED_BODY");
    }

    @Test
    void refusesAMultipartFormThatIsCutShort() {
        var form = product("r-4").file("image_file", "a.png", "image/png", Pictures.png(20, 20, 1));
        var body = form.body();
        for (int length : new int[] {0, 10, body.length / 2, body.length - 60, body.length - 4}) {
            var answer = gateway.post(INDEX_WITH_IMAGE, form.contentType(), Arrays.copyOf(body, length));
            assertThat(answer.status())
                    .as("%d of %d: %s", length, body.length, answer.json())
                    .isEqualTo(400);
            assertThat(answer.json().path("code").asText()).isEqualTo("MALFORMED_BODY");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {INDEX, INDEX_WITH_IMAGE, "/search", "/api/v1/imports"})
    void refusesFortyMegabytesWithinASecondAndStaysReadable(String path) throws IOException {
        for (var chunked : new boolean[] {false, true}) {
            var started = System.nanoTime();
            var head = RawCall.post(
                    gateway.port(), path, "Content-Type: multipart/form-data; boundary=x", FORTY_MEGABYTES, chunked);

            assertThat(head)
                    .as("chunked: %s", chunked)
                    .startsWith("HTTP/1.1 413")
                    .containsIgnoringCase("problem+json");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(gateway.get("/health/liveness").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?q=",
                "?q=%20",
                "?q=a&limit=0",
                "?q=a&limit=101",
                "?q=a&limit=ten",
                "?q=a&filter=color",
                "?q=a&filter=:red",
                "?q=a&q=b"
            })
    void refusesAnInvalidSearch(String query) {
        var answer = gateway.get("/search" + query);

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(422);
        assertThat(answer.json().path("errors")).hasSize(1);
    }

    @Test
    void refusesASearchWithoutTextAndPicture() {
        var answer = gateway.post("/search", new Multipart().field("limit", "3"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/message").asText()).isEqualTo("or image_file is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"heic", "heix", "mif1", "avif", "avis"})
    void refusesASearchByAPictureOfAnotherFormatAndSaysWhatToSend(String brand) {
        var answer = gateway.post("/search", new Multipart().file("image_file", "a.jpg", "image/jpeg", box(brand)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText())
                .startsWith(brand.startsWith("av") ? "AVIF" : "HEIC")
                .endsWith("send JPEG, PNG, WebP or GIF");
    }

    /** The first bytes of a file of the ISO base media format. */
    private static byte[] box(String brand) {
        return ("\0\0\0\030ftyp" + brand + "\0\0\0\0mif1miaf").getBytes(UTF_8);
    }

    private static Multipart product(String id) {
        return new Multipart().field("product_id", id).field("name", "Lamp").field("description", "It gives light.");
    }

    private int published() {
        return TestStack.kafka().read(gateway.topic("products.v1")).size();
    }

    private void assertNotStored(byte[] bytes) {
        var sha256 = sha256(bytes);
        var object = new StoredObject("sluice", "products/" + sha256, sha256, "image/png", bytes.length);
        assertThatThrownBy(() -> gateway.bean(ObjectStore.class).get(object, Integer.MAX_VALUE))
                .isInstanceOf(ObjectStore.ObjectMissingException.class);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A complete PNG whose header names enormous dimensions. */
    private static byte[] hugeHeader() {
        var png = Pictures.png(8, 8, 1);
        var sides = ByteBuffer.wrap(png);
        sides.putInt(16, 30_000).putInt(20, 30_000);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        sides.putInt(29, (int) crc.getValue());
        return png;
    }
}
