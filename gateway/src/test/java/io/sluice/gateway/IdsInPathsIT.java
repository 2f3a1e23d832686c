package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.sluice.gateway.door.AccessTable;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids may have any characters. What a call names in its path is what it was sent. */
@ExtendWith(OneGateway.class)
class IdsInPathsIT {
    private static final String PRODUCTS = "/api/v1/products/";
    private static final String HOSTILE = "x+y;z=1/../w%2B?#é";
    /** As browsers read a path (URL Standard, single-dot and double-dot path segments). */
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)(\\.|%2e){1,2}");

    private GatewayUnderTest gateway;

    @BeforeEach
    void gateway(GatewayUnderTest gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                "...",
                ".hidden",
                "%2e%2e",
                "a+b",
                "a b",
                "a;b",
                "a/b",
                "/",
                "//",
                "../x",
                "a/..",
                "a?b#c",
                "a%b",
                "100%",
                "a%2Fb",
                "a\\b",
                "a\nb",
                "ü",
                "e\u0301",
                "😀",
                "image",
                "a:b@c=d&e,f",
                "{id}",
                "\"<>|^`"
            })
    void thePictureOfEveryIdIsWhereItsUrlSays(String id) {
        var picture = Pictures.png(20, 20, id.hashCode());
        var form = new Multipart()
                .field("product_id", id)
                .field("name", "n")
                .field("description", "d")
                .file("image_file", "a.png", "image/png", picture);
        assertThat(gateway.post("/api/v1/index-product-with-image", form, "Prefer", "wait=30")
                        .status())
                .isEqualTo(200);

        var product = gateway.get(PRODUCTS + encoded(id)).json();
        assertThat(product.path("product_id").asText()).isEqualTo(id);
        var url = product.path("image_url").asText();
        assertThat(List.of(url.replaceFirst("[?].*", "").split("/", -1)))
                .noneMatch(segment -> DOT_SEGMENT.matcher(segment).matches());
        assertThat(gateway.get(url).response().body()).isEqualTo(picture);
        assertThat(gateway.get("/api/v1/product-image?product_id=" + encoded(id))
                        .response()
                        .body())
                .isEqualTo(picture);

        assertThat(gateway.delete(PRODUCTS + encoded(id), "Prefer", "wait=30").status())
                .isEqualTo(200);
        assertThat(gateway.get(url).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "😀", "+"})
    void theLongestIdHasAUrl(String letter) {
        thePictureOfEveryIdIsWhereItsUrlSays(letter.repeat(255));
    }

    @ParameterizedTest
    @CsvSource({"raw+plus, raw+plus", "raw;semi=1, raw;semi=1", "raw%2Fslash, raw/slash", "raw%2Bplus, raw+plus"})
    void charactersThatAPathMayHaveStandForThemselves(String sent, String id) throws IOException {
        var form = new Multipart().field("product_id", id).field("name", "n").field("description", "d");
        assertThat(gateway.post("/api/v1/index-product", form).status()).isEqualTo(200);

        for (var target : new String[] {PRODUCTS + sent, "http://localhost:" + gateway.port() + PRODUCTS + sent}) {
            var answer = RawCall.send(
                    gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 200").contains("\"product_id\":\"" + id + "\"");
        }
    }

    /** Every call reads what stands in its path in the same way. The handler of the connection did its part above. */
    @Test
    void everyCallGetsTheNamesInItsPathAsTheyWereSent() {
        var router = gateway.bean(Router.class);
        var seen = new HashSet<String>();
        for (var line : AccessTable.LINES) {
            var call = line.call();
            var path = call.path().replaceAll("\\{[^}]*}", encoded(HOSTILE).replace("$", "\\$"));
            var names = variables(call.path());
            router.findAny(path, null)
                    .filter(match -> match.getHttpMethod() == call.method())
                    .filter(match -> match.getRouteInfo()
                            .getUriMatchTemplate()
                            .toPathString()
                            .equals(call.path()))
                    .forEach(match -> {
                        assertThat(match.getVariableValues().keySet()).isEqualTo(names);
                        assertThat(match.getVariableValues().values()).allMatch(HOSTILE::equals);
                        seen.add(call.toString());
                    });
        }
        assertThat(seen)
                .hasSameSizeAs(AccessTable.LINES)
                .contains(HttpMethod.POST + " /api/v1/admin/dead-letters/{topic}/{id}/redrive");
    }

    private static Set<String> variables(String template) {
        var names = new HashSet<String>();
        Arrays.stream(template.split("/", -1))
                .filter(part -> part.startsWith("{"))
                .forEach(part -> names.add(part.substring(1, part.length() - 1)));
        return names;
    }

    private static String encoded(String id) {
        var encoded = URLEncoder.encode(id, UTF_8).replace("+", "%20");
        return id.matches("[.]{1,2}") ? encoded.replace(".", "%2E") : encoded;
    }
}
