package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.http.CaseInsensitiveMutableHttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBodyFactory;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.web.problem.ProblemException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionReaderTest {
    private static final int BODY = 10 * 1024;
    private static final BodyFields FIELDS =
            BodyFields.ofTexts(FormLimits.ofBody(BODY), "a").withFiles("f");
    /** Enough for the two copies of one body, and not enough for a second body. */
    private static final int MEMORY = 3 * BODY;

    private static final MediaType MULTIPART = MediaType.of("multipart/form-data; boundary=b");
    private static final byte[] JSON = ("{\"a\":\"" + "x".repeat(BODY - 8) + "\"}").getBytes(UTF_8);
    private static final byte[] FORM = form("x".repeat(BODY - 400));
    private static final int UNKNOWN_LENGTH = -1;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RequestBodies BODIES = new RequestBodies(new BodyPace(LONG, "", LONG, 1));

    private final SubmissionReader reader =
            new SubmissionReader(BODIES, new BodyMemory(MEMORY, Duration.ofMillis(20)), new JsonBody(new JsonCodec()));

    @Test
    void holdsTheMemoryOfABodyUntilItsUseEnds() {
        for (var request : new HttpRequest<?>[] {
            request(MediaType.APPLICATION_JSON_TYPE, JSON, JSON.length),
            request(MULTIPART, FORM, FORM.length),
            request(MULTIPART, FORM, UNKNOWN_LENGTH)
        }) {
            var text = reader.read(request, FIELDS, (whileInUse, errors) -> {
                refused("TOO_BUSY", () -> json(never -> ""));
                return String.valueOf(whileInUse.text("a"));
            });

            assertThat(text).startsWith("xxx");
            assertThereIsRoom();
        }
    }

    @Test
    void givesTheMemoryBackWhenTheUseFails() {
        assertThatThrownBy(() -> json(broken -> {
                    throw new IllegalStateException("the store is not available");
                }))
                .hasMessage("the store is not available");
        assertThereIsRoom();
    }

    @Test
    void givesTheMemoryBackWhenTheBodyIsCutShort() {
        for (int length = 0; length < FORM.length - 4; length += 97) {
            var cut = Arrays.copyOf(FORM, length);
            refused(
                    "MALFORMED_BODY",
                    () -> reader.read(request(MULTIPART, cut, cut.length), FIELDS, (never, errors) -> ""));
        }
        assertThereIsRoom();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesABodyOverTheLimitInsideAndAfterTheForm(boolean inTheForm) {
        var more = inTheForm ? form("x".repeat(BODY)) : Arrays.copyOf(FORM, BODY + 1);

        refused(
                "BODY_TOO_LARGE",
                () -> reader.read(request(MULTIPART, more, more.length), FIELDS, (never, errors) -> ""));
        refused(
                "BODY_TOO_LARGE",
                () -> reader.read(request(MULTIPART, more, UNKNOWN_LENGTH), FIELDS, (never, errors) -> ""));
        assertThereIsRoom();
    }

    private void assertThereIsRoom() {
        assertThat(json(afterwards -> "there is room again")).isEqualTo("there is room again");
    }

    private String json(Function<Submission, String> use) {
        return reader.read(
                request(MediaType.APPLICATION_JSON_TYPE, JSON, JSON.length),
                FIELDS,
                (submission, errors) -> use.apply(submission));
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private static byte[] form(String a) {
        return ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + a.substring(0, Math.min(100, a.length()))
                        + "\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n" + a
                        + "\r\n--b--\r\n")
                .getBytes(UTF_8);
    }

    /**
     * A request with the methods that the reader calls. Length -1 means that the caller did not announce the length.
     */
    private static HttpRequest<?> request(MediaType type, byte[] body, long length) {
        return (HttpRequest<?>) Proxy.newProxyInstance(
                SubmissionReaderTest.class.getClassLoader(),
                new Class<?>[] {ServerHttpRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContentType" -> Optional.of(type);
                    case "getContentLength" -> length;
                    case "getHeaders" -> new CaseInsensitiveMutableHttpHeaders(ConversionService.SHARED);
                    case "byteBody" ->
                        ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE)
                                .adapt(body);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
