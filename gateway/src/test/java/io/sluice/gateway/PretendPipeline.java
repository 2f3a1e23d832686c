package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.product.ProductLedger;
import io.sluice.stores.product.VectorStore;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A fake of the embedder and the indexer. It writes each product of products.v1 to the gateway's stores, and reports
 * its job. The product's id selects the outcome: {@code broken-…} goes to the dead letters, {@code stuck-…} is never
 * processed, {@code late-…} is superseded.
 */
final class PretendPipeline implements AutoCloseable {
    /** The served index, which is not the one that the embedder works for. */
    static final String INDEX = "stub-2";

    private static final Map<String, Integer> DIMENSIONS =
            Map.of("text", EmbedderStub.DIMENSION, "image", EmbedderStub.DIMENSION);

    private final JsonCodec codec = new JsonCodec();
    private final GatewayUnderTest gateway;
    private final ProductLedger ledger;
    private final VectorStore vectors;
    private final Thread thread = new Thread(this::run, "pretend-pipeline");
    private volatile boolean stopping;

    PretendPipeline(GatewayUnderTest gateway) {
        this.gateway = gateway;
        this.ledger = gateway.bean(ProductLedger.class);
        this.vectors = gateway.bean(VectorStore.class);
        vectors.prepare(INDEX, DIMENSIONS);
        thread.start();
    }

    private void run() {
        var settings = TestStack.kafka().settings().consumer(Map.of("auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            consumer.assign(consumer.partitionsFor(gateway.topic("products.v1")).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            while (!stopping) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::handle);
            }
        }
    }

    private void handle(ConsumerRecord<byte[], byte[]> message) {
        var id = new String(message.key(), UTF_8);
        var jobId = String.valueOf(TestKafka.header(message, Headers.JOB_ID));
        var version = EntityVersion.of(1, message.offset());
        if (id.startsWith("stuck-")) {
            return;
        }
        if (id.startsWith("broken-")) {
            report(jobId, "embedded", JobStatus.DEAD, new JobError("IMAGE_UNDECODABLE", "not a picture at all"));
            return;
        }
        report(jobId, "embedded", JobStatus.PROCESSING, null);
        if (id.startsWith("late-")) {
            report(jobId, "indexed", JobStatus.SUPERSEDED, null);
            return;
        }
        index(id, version, message.value());
        report(jobId, "indexed", JobStatus.SUCCEEDED, null);
    }

    private void index(String id, long version, byte @Nullable [] value) {
        if (value == null) {
            ledger.save(List.of(new ProductLedger.Entry(id, version, null)));
            vectors.delete(INDEX, List.of(new VectorStore.Removal(id, version)));
        } else if (codec.decode(ProductSaved.class, value) instanceof Decoded.Intact<ProductSaved>(var product)) {
            ledger.save(List.of(new ProductLedger.Entry(id, version, product)));
            var text = Samples.unit(product.name().hashCode(), EmbedderStub.DIMENSION);
            var point = new ProductVectors(product, "stub", DIMENSIONS, Map.of(ProductVectors.TEXT, text));
            vectors.upsert(INDEX, List.of(new VectorStore.Point(point, version)));
        }
    }

    private void report(String jobId, String stage, JobStatus outcome, @Nullable JobError error) {
        var event = JobEvent.of(jobId, "product", stage, outcome, Instant.now()).withError(error);
        TestStack.kafka()
                .write(gateway.topic("job-events.v1"), jobId, new String(codec.encode(event), UTF_8), Map.of());
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
