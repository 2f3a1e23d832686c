package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI document describes every call, and its page works without internet access. */
@ExtendWith(OneGateway.class)
class DocsIT {
    /** The description itself, and the former paths of calls, which are described at their new paths. */
    private static final Set<String> NOT_DESCRIBED =
            Set.of("GET /openapi", "GET /docs", "GET /docs/{file}", "GET /search", "POST /search");

    @Test
    void describesEveryCall(GatewayUnderTest gateway) throws IOException {
        var routed = gateway.bean(Router.class)
                .uriRoutes()
                .filter(route ->
                        route.getTargetMethod().getDeclaringType().getName().startsWith("io.sluice."))
                .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
                .filter(call -> !call.startsWith("HEAD "))
                .collect(Collectors.toSet());

        assertThat(routed).containsAll(NOT_DESCRIBED);
        routed.removeAll(NOT_DESCRIBED);
        assertThat(calls(gateway).keySet()).containsExactlyInAnyOrderElementsOf(routed);
    }

    @Test
    void describesTheAnswersAndRefusalsOfEveryCall(GatewayUnderTest gateway) throws IOException {
        var document = document(gateway);
        var calls = calls(gateway);
        assertThat(calls.values().stream().map(call -> call.path("operationId").asText()))
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(calls).allSatisfy((name, call) -> {
            assertThat(call.path("summary").asText()).isNotBlank();
            assertThat(call.path("responses").has("204")
                            || Stream.of("200", "201", "202")
                                    .anyMatch(status -> call.at("/responses/" + status + "/content")
                                                    .size()
                                            > 0))
                    .as("the answer of a successful call")
                    .isTrue();
            assertThat(call.at("/responses/4XX/content/application~1problem+json"))
                    .isNotEmpty();
            assertThat(call.at("/responses/5XX/content/application~1problem+json"))
                    .isNotEmpty();
            assertThat(call.path("parameters"))
                    .allSatisfy(parameter -> assertThat(resolved(document, parameter)
                                    .at("/schema/type")
                                    .asText())
                            .as("%s", parameter)
                            .isIn("string", "integer", "boolean", "array"));
        });
    }

    @Test
    void describesTheParametersAndBodiesOfCalls(GatewayUnderTest gateway) throws IOException {
        var document = document(gateway);
        var bodies = document.at("/paths/~1api~1v1~1index-product/post/requestBody/content");
        assertThat(bodies.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "multipart/form-data", "application/x-www-form-urlencoded", "application/json");
        var form = document.at("/components/schemas/ProductFormWithImage/properties");
        assertThat(form.at("/image_file/format").asText()).isEqualTo("binary");
        assertThat(form.at("/product_id/example").asText()).isNotBlank();
        var metadata = document.at("/components/schemas/ProductView/properties/metadata");
        assertThat(metadata.path("type").asText()).isEqualTo("object");
        assertThat(metadata.has("allOf")).isFalse();
    }

    @Test
    void describesHowToSendAToken(GatewayUnderTest gateway) throws IOException {
        var document = document(gateway);
        assertThat(document.at("/components/securitySchemes/account/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0").has("account")).isTrue();
    }

    @Test
    void thePageLoadsOnlyWhatTheGatewayServes(GatewayUnderTest gateway) {
        var page = gateway.get("/docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'self';")
                .doesNotContain("http", "*");
        var script = gateway.get("/docs/docs.js");
        assertThat(text(page) + text(script)).doesNotContain("//127", "://");

        var loaded = Pattern.compile("(?:src|href)=\"([^\"]+)\"|url: \"([^\"]+)\"")
                .matcher(text(page) + text(script))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
        assertThat(loaded).hasSizeGreaterThan(5).contains("/openapi", "/docs/swagger-ui-bundle.js");
        assertThat(loaded).allSatisfy(path -> {
            var answer = gateway.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().body().length).isGreaterThan(100);
        });
        assertThat(gateway.get("/docs/swagger-ui.css").header("Content-Type")).startsWith("text/css");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/docs/pom.properties", "/docs/index.html", "/docs/..%2Fapplication.yml", "/docs/swagger-ui.js"})
    void thePageServesNoOtherFile(String path, GatewayUnderTest gateway) {
        assertThat(gateway.get(path).status()).isEqualTo(404);
    }

    private static Map<String, JsonNode> calls(GatewayUnderTest gateway) throws IOException {
        var calls = new TreeMap<String, JsonNode>();
        for (var path : document(gateway).path("paths").properties()) {
            for (var call : path.getValue().properties()) {
                calls.put(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), call.getValue());
            }
        }
        return calls;
    }

    private static JsonNode document(GatewayUnderTest gateway) throws IOException {
        var document = gateway.get("/openapi");
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("Content-Type")).startsWith("application/yaml");
        return new YAMLMapper().readTree(document.response().body());
    }

    /** {@return the parameter that a reference refers to; a parameter that is no reference as it is} */
    private static JsonNode resolved(JsonNode document, JsonNode parameter) {
        var reference = parameter.path("$ref").asText();
        return reference.isEmpty() ? parameter : document.at(reference.substring(1));
    }

    private static String text(GatewayUnderTest.Answer answer) {
        return new String(answer.response().body(), UTF_8);
    }
}
