package io.sluice.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.problem.ProblemException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @Test
    void neverNamesAnotherJobThanBefore() {
        // a key that named another job after an upgrade would make its request twice
        var key = new IdempotencyKey("anonymous", "index-product", "order-1");

        assertThat(key.jobId()).isEqualTo("57271fb4-ca4b-5a96-911f-d1fc74c57f67");
        assertThat(key.jobId(3)).isEqualTo("6c3c1fd3-6faa-5771-8043-79fc2ca915bc");
    }

    @Test
    void namesAJobOfItsOwnForEveryPrincipalRouteKeyAndItem() {
        var key = new IdempotencyKey("a", "r", "k");
        assertThat(Stream.of(
                        key.jobId(),
                        key.jobId(1),
                        key.jobId(2),
                        new IdempotencyKey("b", "r", "k").jobId(),
                        new IdempotencyKey("a", "s", "k").jobId(),
                        new IdempotencyKey("a", "r", "l").jobId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void isNotAskedFor() {
        assertThat(IdempotencyKey.of(HttpRequest.POST("/", "").getHeaders(), "r"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "8e03978e-40d5-43e8-bc93-6894a57f9324", "with a space", "~!@#$%^&*()\\"})
    void isTheSameWithQuotesAndWithout(String key) {
        var quoted = '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';

        assertThat(of(key).map(IdempotencyKey::value)).hasValue(key);
        assertThat(of(quoted)).isEqualTo(of(key));
    }

    static Stream<String> noKeys() {
        return Stream.of("", "\" \"", "\"\"", "\"open", "\"", "é", "a\tb", "k".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void refusesWhatIsNoKey(String sent) {
        assertThatThrownBy(() -> of(sent)).isInstanceOfSatisfying(ProblemException.class, thrown -> {
            assertThat(thrown.problem().status()).isEqualTo(400);
            assertThat(thrown.problem().code()).isEqualTo("IDEMPOTENCY_KEY_INVALID");
        });
    }

    @Test
    void takesTheLongestKeyAndRefusesTwo() {
        assertThat(of("k".repeat(255))).isPresent();
        var twice = HttpRequest.POST("/", "").header(IdempotencyKey.HEADER, "a").header(IdempotencyKey.HEADER, "b");
        assertThatThrownBy(() -> IdempotencyKey.of(twice.getHeaders(), "r")).hasMessageContaining("once");
    }

    private static Optional<IdempotencyKey> of(String sent) {
        var request = HttpRequest.POST("/", "").header(IdempotencyKey.HEADER, sent);
        return IdempotencyKey.of(request.getHeaders(), "r");
    }
}
