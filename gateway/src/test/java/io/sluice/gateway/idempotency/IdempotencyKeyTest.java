package io.sluice.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.principal.Principal;
import io.sluice.stores.accounts.Role;
import io.sluice.web.problem.ProblemException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @Test
    void alwaysGivesTheSameJobId() {
        // if a key gave another job id after an upgrade, a repeated request would create a second job
        var key = new IdempotencyKey("anonymous", "index-product", "order-1");

        assertThat(key.jobId()).isEqualTo("57271fb4-ca4b-5a96-911f-d1fc74c57f67");
        assertThat(key.jobId(3)).isEqualTo("6c3c1fd3-6faa-5771-8043-79fc2ca915bc");
    }

    @Test
    void givesOneJobIdToCallersWithoutAnAccountFromAnyAddress() {
        var request = HttpRequest.POST("/", "").header(IdempotencyKey.HEADER, "order-1");
        for (var address : new String[] {"10.0.0.1", "2001:db8::1"}) {
            var key = IdempotencyKey.of(Principal.anonymous(address), request.getHeaders(), "index-product");

            assertThat(key.orElseThrow().jobId()).isEqualTo("57271fb4-ca4b-5a96-911f-d1fc74c57f67");
        }
        var account = IdempotencyKey.of(
                new Principal("id-of-ada", "ada", Role.PRODUCER, "10.0.0.1"), request.getHeaders(), "index-product");
        assertThat(account.orElseThrow().jobId()).isNotEqualTo("57271fb4-ca4b-5a96-911f-d1fc74c57f67");
    }

    @Test
    void givesAnotherJobIdForEachPrincipalRouteKeyAndItem() {
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
    void isOptional() {
        assertThat(of(HttpRequest.POST("/", ""))).isEmpty();
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
    void refusesAnInvalidKey(String sent) {
        assertThatThrownBy(() -> of(sent)).isInstanceOfSatisfying(ProblemException.class, thrown -> {
            assertThat(thrown.problem().status()).isEqualTo(400);
            assertThat(thrown.problem().code()).isEqualTo("IDEMPOTENCY_KEY_INVALID");
        });
    }

    @Test
    void takesTheLongestKeyAndRefusesTwo() {
        assertThat(of("k".repeat(255))).isPresent();
        var twice = HttpRequest.POST("/", "").header(IdempotencyKey.HEADER, "a").header(IdempotencyKey.HEADER, "b");
        assertThatThrownBy(() -> of(twice)).hasMessageContaining("once");
    }

    private static Optional<IdempotencyKey> of(String sent) {
        return of(HttpRequest.POST("/", "").header(IdempotencyKey.HEADER, sent));
    }

    private static Optional<IdempotencyKey> of(HttpRequest<?> request) {
        return IdempotencyKey.of(Principal.anonymous("10.0.0.1"), request.getHeaders(), "r");
    }
}
