package io.sluice.gateway.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.sluice.stores.accounts.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrincipalTest {
    @Test
    void countsCallersWithoutAnAccountByTheirAddressAndGivesThemNoOwner() {
        var here = Principal.anonymous("10.0.0.1");
        var there = Principal.anonymous("10.0.0.2");

        assertThat(here.countedBy()).isEqualTo("10.0.0.1").isNotEqualTo(there.countedBy());
        assertThat(here.owner()).isNull();
        assertThat(here.name()).as("their idempotency keys are one namespace").isEqualTo(there.name());
    }

    @Test
    void countsAnAccountByItsIdFromAnyAddress() {
        var account = new Principal("id-of-ada", "ada", Role.PRODUCER, "10.0.0.1");

        assertThat(account.countedBy()).isEqualTo("id-of-ada");
        assertThat(account.owner()).isEqualTo("id-of-ada");
    }

    @Test
    void isKnownForEveryRequestThatPassedTheFilter() {
        var request = HttpRequest.GET("/");
        assertThatThrownBy(() -> Principal.of(request)).isInstanceOf(IllegalStateException.class);

        new PrincipalFilter(new CallerAddress(new ProxyConfig(List.of()))).identify(request);

        assertThat(Principal.of(request).name()).isEqualTo("anonymous");
        assertThat(Principal.of(request).address())
                .isEqualTo(request.getRemoteAddress().getAddress().getHostAddress());
    }
}
