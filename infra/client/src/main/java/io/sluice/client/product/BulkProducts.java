package io.sluice.client.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.client.http.Answer;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.SilenceWatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collection;
import java.util.function.Consumer;

/** The call for many products, one JSON object a line. */
public final class BulkProducts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpCaller http;

    public BulkProducts(HttpCaller http) {
        this.http = http;
    }

    /**
     * Saves products, and does not wait until they are searchable. Neither the lines nor the answers are held in memory.
     * The JDK's HTTP client reads the answers only after it has sent the last line. The gateway keeps 50,000 answers for such
     * a client, so one call may have at most 50,000 lines. A call whose answers stop for the time of {@link
     * io.sluice.client.http.Deadlines#answer} is broken off.
     *
     * @param lines one JSON object each, without a line end; if it is a collection, the call may be sent a second time, with
     *     a new token
     * @param answers gets one answer a line, in order; if the call breaks off, the answers read until then
     * @return how many lines were answered
     */
    public Answer<Long> save(Iterable<byte[]> lines, Consumer<LineAnswer> answers) throws IOException {
        return http.stream(
                http.request("/api/v1/products:batch")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofByteArrays(() -> new NdjsonBlocks(lines.iterator()))),
                body -> read(body, answers),
                lines instanceof Collection);
    }

    private long read(InputStream body, Consumer<LineAnswer> answers) throws IOException {
        long count = 0;
        try (var watch = SilenceWatch.start(body, http.deadlines().answer());
                var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            for (; values.hasNextValue(); count++) {
                answers.accept(LineAnswer.of(values.nextValue()));
                watch.heard();
            }
        }
        return count;
    }
}
