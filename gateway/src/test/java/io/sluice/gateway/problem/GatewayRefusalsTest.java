package io.sluice.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayRefusalsTest {
    @ParameterizedTest
    @EnumSource(HttpStatus.class)
    void keepsTheStatusOfEachRefusalByTheServer(HttpStatus status) {
        var problem = GatewayRefusals.problem(status);

        assertThat(problem.status()).isEqualTo(status.getCode());
        assertThat(problem.title()).isNotBlank();
        assertThat(problem.code()).isNotBlank();
    }
}
