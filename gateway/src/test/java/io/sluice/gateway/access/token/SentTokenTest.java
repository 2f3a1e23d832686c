package io.sluice.gateway.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.simple.SimpleHttpHeaders;
import io.sluice.stores.accounts.Secrets;
import io.sluice.web.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentTokenTest {
    private static final String API_KEY = "sluice_" + Secrets.next();

    @Test
    void aRequestMayHaveNoToken() {
        assertThat(SentToken.of(headers(Map.of()))).isEmpty();
    }

    @Test
    void aTokenIsABearerTokenOrAnApiKey() {
        assertThat(SentToken.of(headers(Map.of("Authorization", "Bearer a.b.c"))))
                .contains(new SentToken.Jwt("a.b.c"));
        assertThat(SentToken.of(headers(Map.of("authorization", "bearer  " + API_KEY))))
                .contains(new SentToken.Key(API_KEY));
        assertThat(SentToken.of(headers(Map.of("X-API-Key", API_KEY)))).contains(new SentToken.Key(API_KEY));
        assertThat(SentToken.of(headers(Map.of("X-API-Key", API_KEY, "Authorization", "Bearer " + API_KEY))))
                .contains(new SentToken.Key(API_KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "a.b.c", "Bearer sluice_short"})
    void otherCredentialsAreRefused(String authorization) {
        refused(Map.of("Authorization", authorization));
    }

    @Test
    void anApiKeyHasAFixedForm() {
        refused(Map.of("X-API-Key", "a.b.c"));
        refused(Map.of("X-API-Key", ""));
        refused(Map.of("X-API-Key", API_KEY + "x"));
        refused(Map.of("Authorization", "Bearer " + "x".repeat(SentToken.MAX + 1)));
    }

    @Test
    void twoTokensAreRefused() {
        refused(Map.of("X-API-Key", API_KEY, "Authorization", "Bearer a.b.c"));
    }

    private static void refused(Map<String, String> headers) {
        assertThatThrownBy(() -> SentToken.of(headers(headers)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo("UNAUTHENTICATED"));
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        return new SimpleHttpHeaders(headers, ConversionService.SHARED);
    }
}
