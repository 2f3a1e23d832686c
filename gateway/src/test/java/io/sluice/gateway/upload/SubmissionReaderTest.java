package io.sluice.gateway.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBodyFactory;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.runtime.JsonCodec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmissionReaderTest {
    private static final int BODY = 10 * 1024;
    /** Room for one body as it is held, in two copies, and no more. */
    private static final int MEMORY = 3 * BODY;

    private final SubmissionReader reader =
            new SubmissionReader(new UploadBudget(MEMORY, Duration.ofMillis(20)), new JsonBody(new JsonCodec()));

    @Test
    void holdsABodysMemoryUntilItsUseIsOver() {
        var text = read(whileInUse -> {
            assertThatThrownBy(() -> read(never -> ""))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo("TOO_BUSY"));
            return String.valueOf(whileInUse.text("a"));
        });

        assertThat(text).hasSize(BODY - 8);
        assertThat(read(afterwards -> "there is room again")).isEqualTo("there is room again");
    }

    @Test
    void givesTheMemoryBackWhenTheUseFails() {
        assertThatThrownBy(() -> read(broken -> {
                    throw new IllegalStateException("the store is away");
                }))
                .hasMessage("the store is away");
        assertThat(read(afterwards -> "there is room again")).isEqualTo("there is room again");
    }

    private String read(java.util.function.Function<Submission, String> use) {
        return reader.read(request(), BODY, use);
    }

    /** As much of a request as is asked for. */
    private static HttpRequest<?> request() {
        var json = ("{\"a\":\"" + "x".repeat(BODY - 8) + "\"}").getBytes(UTF_8);
        return (HttpRequest<?>) Proxy.newProxyInstance(
                SubmissionReaderTest.class.getClassLoader(),
                new Class<?>[] {ServerHttpRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContentType" -> Optional.of(MediaType.APPLICATION_JSON_TYPE);
                    case "getContentLength" -> (long) json.length;
                    case "byteBody" ->
                        ByteBodyFactory.createDefault(io.micronaut.core.io.buffer.ByteArrayBufferFactory.INSTANCE)
                                .adapt(json);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
