package io.sluice.gateway.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAddressTest {
    private static final List<String> NONE = List.of();
    private static final List<String> TRUSTED = List.of("10.0.0.0/8", "192.168.7.1", "fd00::/8");

    @Test
    void ignoresTheHeaderWhileNoProxyIsTrusted() {
        assertThat(addressOf(NONE, "10.0.0.1", "203.0.113.9")).isEqualTo("10.0.0.1");
    }

    @Test
    void ignoresTheHeaderOfASenderThatIsNoTrustedProxy() {
        assertThat(addressOf(TRUSTED, "203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(addressOf(TRUSTED, "192.168.7.2", "198.51.100.1")).isEqualTo("192.168.7.2");
        assertThat(addressOf(TRUSTED, "11.0.0.1", "198.51.100.1")).isEqualTo("11.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "a caller,                            203.0.113.9,                                203.0.113.9",
        "what the caller wrote itself,        '1.2.3.4, 203.0.113.9',                     203.0.113.9",
        "a second trusted proxy,              '203.0.113.9, 192.168.7.1',                 203.0.113.9",
        "a proxy that is not ours,            '1.2.3.4, 203.0.113.9, 10.9.9.9',           203.0.113.9",
        "a caller inside,                     '10.1.1.1, 10.2.2.2',                       10.1.1.1",
        "a port,                              203.0.113.9:4711,                           203.0.113.9",
        "an IPv6 address,                     2001:db8::1,                                2001:db8:0:0:0:0:0:1",
        "an IPv6 address with a port,         [2001:db8::1]:4711,                         2001:db8:0:0:0:0:0:1",
        "an IPv4 address in an IPv6 one,      ::ffff:203.0.113.9,                         203.0.113.9",
        "a text that is no address,           'unknown',                                  10.0.0.1",
        "a name,                              'evil.example',                             10.0.0.1",
        "a caller that hides behind a text,   '1.2.3.4, unknown',                         10.0.0.1",
        "nothing,                             '',                                         10.0.0.1",
        "an open bracket,                     '[2001:db8::1',                             10.0.0.1"
    })
    void readsTheCallerFromTheHeaderOfATrustedProxy(String what, String header, String caller) {
        assertThat(addressOf(TRUSTED, "10.0.0.1", header)).as(what).isEqualTo(caller);
    }

    @Test
    void readsTheHeaderOfATrustedProxyWithAnIpv6Address() {
        assertThat(addressOf(TRUSTED, "fd00::17", "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(addressOf(TRUSTED, "fe00::17", "203.0.113.9")).isEqualTo("fe00:0:0:0:0:0:0:17");
    }

    @Test
    void readsSeveralHeadersAsOne() {
        assertThat(addressOf(TRUSTED, "10.0.0.1", "1.2.3.4", "203.0.113.9, 10.0.0.2"))
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "fd00::/129", "10.0.0.0/"})
    void aValueThatIsNoNetworkStopsTheStartAndNamesTheSetting(String value) {
        assertThatThrownBy(() -> new ProxyConfig(List.of("10.0.0.1", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SLUICE_TRUSTED_PROXIES", "'" + value + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,      203.0.113.9, true",
        "10.0.0.0/9,     10.127.0.1,  true",
        "10.0.0.0/9,     10.128.0.1,  false",
        "10.0.0.1/32,    10.0.0.1,    true",
        "10.0.0.1,       10.0.0.2,    false",
        "0.0.0.0/0,      ::1,         false",
        "255.0.0.0/8,    127.0.0.1,   false"
    })
    void aNetworkContainsTheAddressesWithItsFirstBits(String network, String address, boolean contains) {
        assertThat(Network.parse(network).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contains);
    }

    private static String addressOf(List<String> trusted, String remote, String... headers) {
        var request = HttpRequest.GET("/");
        for (var header : headers) {
            request.header("X-Forwarded-For", header);
        }
        return new CallerAddress(new ProxyConfig(trusted)).of(new HttpRequestWrapper<>(request) {
            @Override
            public InetSocketAddress getRemoteAddress() {
                return new InetSocketAddress(InetAddress.ofLiteral(remote), 4711);
            }
        });
    }
}
