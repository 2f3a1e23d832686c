package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.sluice.gateway.docs.DocumentedForm;
import io.sluice.gateway.door.AccessTable;
import io.sluice.gateway.door.AccessTable.Call;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a caller sends is ignored: each call takes a field or a parameter, or names it in its refusal. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class UnknownFieldsIT {
    private static final String UNKNOWN = "prize";
    private static final String BULK = "/api/v1/products:batch";

    private GatewayUnderTest gateway;
    private ClosedGateway.Door door;

    @BeforeEach
    void gateway(ClosedGateway.Door door) {
        this.gateway = door.gateway();
        this.door = door;
    }

    /** Every call of the access table that is our own, so a new call cannot be forgotten. */
    private List<Call> calls() {
        var ours = gateway.bean(Router.class)
                .uriRoutes()
                .filter(route ->
                        route.getTargetMethod().getDeclaringType().getName().startsWith("io.sluice."))
                .map(route -> new Call(
                        route.getHttpMethod(), route.getUriMatchTemplate().toPathString()))
                .collect(Collectors.toSet());
        return AccessTable.LINES.stream()
                .map(AccessTable.Line::call)
                .filter(ours::contains)
                .toList();
    }

    @Test
    void everyCallNamesAnUnknownQueryParameterAndThoseThatItTakes() {
        assertThat(calls()).hasSizeGreaterThan(40).allSatisfy(call -> {
            var answer = call(call, UNKNOWN + "=1", contentType(call), BodyPublishers.noBody());

            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(422);
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(UNKNOWN);
            var known = answer.json().at("/errors/0/message").asText().replaceAll(".* it takes ", "");
            assertThat(known.equals("none") ? List.of() : List.of(known.split(", ")))
                    .containsExactlyInAnyOrderElementsOf(described(call));
        });
    }

    @Test
    void everyCallWithFieldsNamesAnUnknownOneAndThoseThatItTakes() {
        var checked = new ArrayList<Call>();
        for (var call : calls()) {
            var content = document(call).at("/requestBody/content");
            for (var type : content.properties()) {
                var schema = type.getValue().at("/schema/$ref").asText();
                if (!schema.isEmpty() && !call.path().equals(BULK)) {
                    var fields = DocumentedForm.of(schema.replaceAll(".*/", ""))
                            .fields()
                            .keySet();
                    var answer = call(call, "", type.getKey(), BodyPublishers.ofString(body(type.getKey())));

                    assertThat(answer.json().at("/errors/0/field").asText())
                            .as("%s %s %s", call, type.getKey(), answer.json())
                            .isEqualTo(UNKNOWN);
                    assertThat(answer.json()
                                    .at("/errors/0/message")
                                    .asText()
                                    .replaceAll(".* it takes |.* parts are ", "")
                                    .split(", | and "))
                            .containsExactlyInAnyOrderElementsOf(fields);
                    checked.add(call);
                }
            }
        }
        assertThat(checked.stream().distinct()).hasSizeGreaterThan(10);
    }

    private static String body(String type) {
        return switch (type) {
            case "multipart/form-data" ->
                "--x\r\nContent-Disposition: form-data; name=\"" + UNKNOWN + "\"\r\n\r\n1\r\n--x--\r\n";
            case "application/x-www-form-urlencoded" -> UNKNOWN + "=1";
            default -> "{\"" + UNKNOWN + "\": 1}";
        };
    }

    @Test
    void aLineOfABulkCallNamesItsUnknownField() {
        var answer = call(
                new Call(HttpMethod.POST, BULK),
                "",
                "application/x-ndjson",
                BodyPublishers.ofString("{\"product_id\":\"u-1\",\"name\":\"a\",\"description\":\"b\",\"price\":3}"));

        var line = new String(answer.response().body(), UTF_8);
        assertThat(line).contains("rejected", "price is not a field of this call; it takes product_id, name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=caf%E9", "q=%zz", "q=a&%E9=1", "q=%", "q=a&limit=%ff"})
    void refusesAQueryStringThatIsNotUtf8(String query) throws Exception {
        var answer = RawCall.send(
                gateway.port(), "GET /search?" + query + " HTTP/1.1\r\nHost: localhost\r\n" + token() + "\r\n");

        assertThat(answer).contains(" 400 ", "MALFORMED_REQUEST");
    }

    static Stream<String> longTargets() {
        return Stream.of("/search?q=" + "x".repeat(5_000), "/api/v1/products/" + "x".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("longTargets")
    void aUrlThatIsTooLongIs414(String target) throws Exception {
        var answer = RawCall.send(gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).contains(" 414 ", "POST /api/v1/search");
    }

    @Test
    void headersThatAreTooLongAre431() throws Exception {
        var answer = RawCall.send(
                gateway.port(), "GET /search HTTP/1.1\r\nHost: localhost\r\nCookie: " + "x".repeat(9_000) + "\r\n\r\n");

        assertThat(answer).contains(" 431 ");
    }

    private String token() {
        return "Authorization: Bearer " + door.token(Caller.ADMIN) + "\r\n";
    }

    private GatewayUnderTest.Answer call(
            Call call, String query, String type, java.net.http.HttpRequest.BodyPublisher body) {
        var path = call.path().replace("{kind}", "companies").replaceAll("\\{[^}]*}", "none");
        return gateway.send(door.as(Caller.ADMIN, gateway.request(path + (query.isEmpty() ? "" : "?" + query)))
                .header("Content-Type", type.startsWith("multipart/") ? type + "; boundary=x" : type)
                .header("Accept", "*/*")
                .method(call.method().name(), body));
    }

    /** The former paths are described at their new ones. */
    private static JsonNode document(Call call) {
        var path = call.path().equals("/search") ? "/api/v1/search" : call.path();
        return DocumentedForm.document()
                .path("paths")
                .path(path)
                .path(call.method().name().toLowerCase(java.util.Locale.ROOT));
    }

    private static List<String> described(Call call) {
        return StreamSupport.stream(document(call).path("parameters").spliterator(), false)
                .map(parameter -> parameter.path("$ref").asText().endsWith("/Limit") ? "limit" : inQuery(parameter))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String inQuery(JsonNode parameter) {
        return parameter.path("in").asText().equals("query")
                ? parameter.path("name").asText()
                : "";
    }

    private static String contentType(Call call) {
        var types = document(call).at("/requestBody/content").fieldNames();
        return types.hasNext() ? types.next() : "application/json";
    }
}
