package io.sluice.rekognition.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sluice.rekognition.api.Operation;
import io.sluice.rekognition.api.Operations;
import io.sluice.rekognition.faults.Traffic;
import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.protocol.Credentials;
import io.sluice.rekognition.protocol.Rejection;
import io.sluice.rekognition.protocol.Request;
import io.sluice.rekognition.protocol.RequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the operations over AWS's JSON 1.1 protocol: {@code POST /}, the operation in the header {@code X-Amz-Target}.
 */
final class OperationHandler implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(OperationHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE = "RekognitionService.";
    private static final int OK = 200;
    /** Two pictures of 5 MB in Base64, and the rest of a request. */
    private static final int LARGEST_BODY = 15 << 20;

    private static final int KILOBYTE = 1 << 10;

    /** Kilobytes of requests that are in memory at the same time. Later requests wait, in the order of their arrival. */
    private final Semaphore memory = new Semaphore(48 << 10, true);

    private final Operations operations;
    private final Traffic traffic;
    private final @Nullable String acceptedKeyId;

    OperationHandler(Operations operations, Traffic traffic, @Nullable String acceptedKeyId) {
        this.operations = operations;
        this.traffic = traffic;
        this.acceptedKeyId = acceptedKeyId;
    }

    private record Answer(int status, ObjectNode json, Optional<ApiError> error) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var requestId = UUID.randomUUID().toString();
            var answer = answer(exchange, requestId);
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()); // or the connection would be closed
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/x-amz-json-1.1");
            headers.set("x-amzn-RequestId", requestId);
            answer.error().ifPresent(error -> headers.set("x-amzn-ErrorType", error.type()));
            var json = JSON.writeValueAsBytes(answer.json());
            exchange.sendResponseHeaders(answer.status(), json.length);
            exchange.getResponseBody().write(json);
        }
    }

    private Answer answer(HttpExchange exchange, String requestId) {
        try {
            return new Answer(OK, call(exchange), Optional.empty());
        } catch (Rejection refused) {
            return error(refused, requestId);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return error(ApiError.SERVICE_UNAVAILABLE.rejection(), requestId);
        } catch (RuntimeException defect) {
            log.atError().addKeyValue("request_id", requestId).setCause(defect).log("a request failed");
            return error(ApiError.INTERNAL.rejection(), requestId);
        }
    }

    private static Answer error(Rejection refused, String requestId) {
        var error = refused.error();
        var body = JSON.createObjectNode()
                .put("__type", error.type())
                .put("Code", error.type())
                .put("Logref", requestId)
                .put("Message", refused.reason());
        return new Answer(error.status(), body, Optional.of(error));
    }

    private ObjectNode call(HttpExchange exchange) throws InterruptedException {
        var headers = exchange.getRequestHeaders();
        var caller = Credentials.of(headers.getFirst("Authorization"), acceptedKeyId);
        var target = Optional.ofNullable(headers.getFirst("X-Amz-Target"))
                .filter(text ->
                        text.startsWith(SERVICE) && exchange.getRequestMethod().equals("POST"))
                .orElseThrow(ApiError.UNKNOWN_OPERATION::rejection);
        var name = target.substring(SERVICE.length());
        var operation = operations
                .find(name)
                .orElseThrow(() -> ApiError.UNKNOWN_OPERATION.rejection("This stand-in has no operation " + name));
        return traffic.pass(name, () -> call(operation, exchange, caller));
    }

    private ObjectNode call(Operation operation, HttpExchange exchange, Credentials caller) {
        var kilobytes = length(exchange) / KILOBYTE + 1;
        memory.acquireUninterruptibly(kilobytes);
        try {
            var body = RequestBody.read(new LimitedBody(exchange.getRequestBody(), LARGEST_BODY));
            return operation.answer(Request.of(body), caller);
        } catch (IOException cut) {
            log.atDebug().setCause(cut).log("a caller broke off");
            throw ApiError.SERIALIZATION.rejection("The request ends too early");
        } finally {
            memory.release(kilobytes);
        }
    }

    private static int length(HttpExchange exchange) {
        var length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length == null || !length.matches("\\d{1,8}")
                ? LARGEST_BODY
                : Math.min(LARGEST_BODY, Integer.parseInt(length));
    }
}
