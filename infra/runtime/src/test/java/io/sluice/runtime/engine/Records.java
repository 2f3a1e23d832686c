package io.sluice.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.Source.Version;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records and pipelines for tests of the engine's parts. */
final class Records {
    static final Topic<ProductVectors> VECTORS = Topics.productVectors("test-1");
    static final Instant WRITTEN_AT = Instant.parse("2023-11-14T22:13:20Z");
    private static final JsonCodec CODEC = new JsonCodec();

    private Records() {}

    static ProductSaved product(String id) {
        return new ProductSaved(id, "name of " + id, "what it is", Metadata.empty(), null);
    }

    static ConsumerRecord<byte[], byte[]> saved(String id, long offset) {
        return raw(id.getBytes(UTF_8), CODEC.encode(product(id)), offset, Map.of());
    }

    static ConsumerRecord<byte[], byte[]> raw(
            byte @Nullable [] key, byte @Nullable [] value, long offset, Map<String, String> headers) {
        return raw("products.v1", 0, key, value, offset, headers);
    }

    static ConsumerRecord<byte[], byte[]> raw(
            String topic,
            int partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            long offset,
            Map<String, String> headers) {
        var all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                WRITTEN_AT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                all,
                Optional.empty());
    }

    /** {@return a record of the topic of products, as the consumer polls it} */
    static Work work(ConsumerRecord<byte[], byte[]> message) {
        return new Work(message, envelope(message));
    }

    static Envelope envelope(ConsumerRecord<byte[], byte[]> message) {
        var isSource = message.topic().equals(Topics.PRODUCTS.name());
        return Envelope.of(message, isSource ? Version.POSITION : Version.HEADER, !isSource, 1);
    }

    static Received<ProductSaved> received(String id) {
        return new Received<>(id, product(id), 1, null);
    }

    static Pipeline<ProductSaved> pipeline(BatchHandler<ProductSaved> handler) {
        return pipeline(handler, thrown -> Optional.empty());
    }

    static Pipeline<ProductSaved> pipeline(BatchHandler<ProductSaved> handler, FailureTranslator errors) {
        return builder().translating(errors).handledBy(handler, RetryPolicy.ofDefaults());
    }

    static Pipeline.Builder<ProductSaved> builder() {
        return Pipeline.named("embedder")
                .from(Topics.PRODUCTS)
                .inBatchesOf(8)
                .emits(VECTORS)
                .reports("product", "embedded");
    }
}
