package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.sluice.gateway.door.AccessTable;
import io.sluice.gateway.door.AccessTable.Call;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Makes every call as every kind of caller. Each is answered as the access table says. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class AccessMatrixIT {
    private static final String ALLOWED = "allowed";

    private final Map<Call, String> bodies = new TreeMap<>(Comparator.comparing(Call::toString));
    private GatewayUnderTest open;
    private ClosedGateway.Door door;

    /** The calls of the OpenAPI document, and those that it does not describe, such as the former paths. */
    @BeforeEach
    void calls(GatewayUnderTest open, ClosedGateway.Door door) throws IOException {
        this.open = open;
        this.door = door;
        var document = new YAMLMapper().readTree(open.get("/openapi").response().body());
        for (var path : document.path("paths").properties()) {
            for (var call : path.getValue().properties()) {
                var method = HttpMethod.valueOf(call.getKey().toUpperCase(Locale.ROOT));
                bodies.put(new Call(method, path.getKey()), contentType(call.getValue()));
            }
        }
        assertThat(bodies).hasSizeGreaterThan(15);
        open.bean(Router.class)
                .uriRoutes()
                .map(route -> new Call(
                        route.getHttpMethod(), route.getUriMatchTemplate().toPathString()))
                .forEach(call -> bodies.putIfAbsent(call, "multipart/form-data; boundary=x"));
    }

    private static String contentType(JsonNode call) {
        var types = call.at("/requestBody/content").fieldNames();
        var type = types.hasNext() ? types.next() : "application/json";
        return type.startsWith("multipart/") ? type + "; boundary=x" : type;
    }

    @Test
    void everyCallIsInTheTable() {
        assertThat(bodies.keySet())
                .allSatisfy(call -> assertThat(AccessTable.find(call.method(), call.path()))
                        .as("the line of %s in AccessTable", call)
                        .isPresent());
    }

    @Test
    void everyCallerIsAnsweredAsTheTableSays() {
        var expected = new TreeMap<String, String>();
        var seen = new TreeMap<String, String>();
        for (var call : bodies.keySet()) {
            var callers =
                    AccessTable.find(call.method(), call.path()).orElseThrow().callers();
            for (var caller : Caller.values()) {
                var name = call + " as " + caller;
                expected.put(name, callers.include(caller.role, caller.isOpen) ? ALLOWED : refusal(call, caller));
                seen.put(name, outcome(call, caller));
            }
        }

        assertThat(seen).isEqualTo(expected);
    }

    /** Said again here, so that a line that is too generous fails. */
    @Test
    void withoutATokenAClosedGatewayShowsOnlyItselfAndSignsIn() {
        var allowed = bodies.keySet().stream()
                .filter(call -> call.method() != HttpMethod.HEAD)
                .filter(call -> outcome(call, Caller.NOBODY).equals(ALLOWED))
                .map(Call::toString)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(allowed)
                .isEqualTo(new TreeSet<>(Set.of(
                        "GET /docs",
                        "GET /docs/{file}",
                        "GET /health",
                        "GET /health/{selector}",
                        "GET /openapi",
                        "GET /prometheus",
                        "POST /api/login",
                        "POST /api/v1/login/refresh")));
    }

    private String outcome(Call call, Caller caller) {
        var gateway = caller.isOpen ? open : door.gateway();
        var request = door.as(caller, gateway.request(call.path().replaceAll("\\{[^}]*}", "none")))
                .header("Content-Type", bodies.getOrDefault(call, ""))
                .header("Accept", "*/*")
                .method(call.method().name(), BodyPublishers.noBody());
        var answer = gateway.send(request);
        return answer.status() == 401 || answer.status() == 403
                ? refusal(call, answer.status(), answer.json().path("code").asText())
                : ALLOWED;
    }

    private static String refusal(Call call, Caller caller) {
        return caller.role == null ? refusal(call, 401, "UNAUTHENTICATED") : refusal(call, 403, "FORBIDDEN");
    }

    /** An answer to HEAD has no body, so no code. */
    private static String refusal(Call call, int status, String code) {
        return call.method() == HttpMethod.HEAD ? String.valueOf(status) : status + " " + code;
    }
}
