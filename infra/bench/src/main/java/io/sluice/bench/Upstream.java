package io.sluice.bench;

import io.micronaut.context.ApplicationContext;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import io.sluice.stack.Endpoints;
import io.sluice.stores.objects.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * An upstream system. It stores pictures in the object store and writes events to the topics. It reads the progress of the
 * processors from the committed offsets of their consumer groups.
 */
final class Upstream implements AutoCloseable {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(25);

    private final ApplicationContext context;
    private final Admin admin;
    private final String index;

    private Upstream(ApplicationContext context, Admin admin, String index) {
        this.context = context;
        this.admin = admin;
        this.index = index;
    }

    /** {@return an upstream of a running stack} */
    static Upstream of(Endpoints endpoints, String index) {
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(Map.of(
                        "sluice.service", "bench",
                        "kafka.bootstrap.servers", endpoints.get(Endpoints.KAFKA),
                        "s3.endpoint", endpoints.get(Endpoints.S3)))
                .start();
        return new Upstream(
                context, Admin.create(context.getBean(KafkaSettings.class).admin()), index);
    }

    /** Stores the pictures, and returns the products with them. */
    List<ProductSaved> stored(List<PicturedProducts.Item> items) {
        return items.stream()
                .map(item -> item.with(objects().put("products", item.picture().bytes(), "image/jpeg")))
                .toList();
    }

    /** {@return the object store of the stack} */
    ObjectStore objects() {
        return context.getBean(ObjectStore.class);
    }

    /** Publishes products and waits until they are in both stores. */
    void index(List<ProductSaved> products) throws InterruptedException, ExecutionException {
        publishProducts(products);
        awaitIndexed();
    }

    void publishProducts(List<ProductSaved> products) {
        publish(Topics.PRODUCTS, products, Map.of());
    }

    void publishVectors(List<ProductVectors> products) {
        var version = String.valueOf(EntityVersion.of(1, 0));
        publish(Topics.productVectors(index), products, Map.of(Headers.ENTITY_VERSION, version));
    }

    /** Publishes photos as the preparer does, each with a job. */
    void publishPhotos(List<PreparedPhoto> photos) {
        var version = String.valueOf(EntityVersion.of(1, 0));
        publish(
                Topics.PREPARED_PHOTOS,
                photos,
                photo -> Map.of(Headers.ENTITY_VERSION, version, Headers.JOB_ID, "job-" + photo.key()));
    }

    private <E extends EntityEvent> void publish(Topic<E> topic, List<E> events, Map<String, String> headers) {
        publish(topic, events, _ -> headers);
    }

    private <E extends EntityEvent> void publish(
            Topic<E> topic, List<E> events, Function<E, Map<String, String>> headers) {
        var publisher = context.getBean(EventPublisher.class);
        var written = events.stream()
                .map(event -> publisher.publish(topic, event.key(), event, headers.apply(event)))
                .toList();
        CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).join();
    }

    /**
     * Waits until all records that are on the topics now are in both stores.
     *
     * @throws IllegalStateException when a record was dead-lettered: a pipeline that fails is fast
     */
    void awaitIndexed() throws InterruptedException, ExecutionException {
        await(Topics.PRODUCTS, "embedder-" + index);
        await(Topics.productVectors(index), "indexer-" + index);
        if (deadLetters() > 0) {
            throw new IllegalStateException("records were dead-lettered, see the topics whose names end in .dlq");
        }
    }

    /** Waits until the rekognizers have processed all photos that are on the topic now. */
    void awaitRecognized() throws InterruptedException, ExecutionException {
        await(Topics.PREPARED_PHOTOS, Topics.REKOGNIZER);
    }

    /** {@return how many records a topic has got} */
    long count(Topic<?> topic) throws InterruptedException, ExecutionException {
        return ends(topic.name()).values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return whether the embedder has not processed all records of its topic} */
    boolean hasBacklog() throws InterruptedException, ExecutionException {
        return !isDone(Topics.PRODUCTS, "embedder-" + index);
    }

    private boolean isDone(Topic<?> topic, String group) throws InterruptedException, ExecutionException {
        return committed(group).entrySet().containsAll(ends(topic.name()).entrySet());
    }

    private void await(Topic<?> topic, String group) throws InterruptedException, ExecutionException {
        while (!isDone(topic, group)) {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS);
        }
    }

    /** {@return the end of each partition that has records} */
    private Map<TopicPartition, Long> ends(String topic) throws InterruptedException, ExecutionException {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        for (var description :
                admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
            for (var partition : description.partitions()) {
                wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
        }
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(wanted).all().get().forEach((partition, found) -> {
            if (found.offset() > 0) {
                ends.put(partition, found.offset());
            }
        });
        return ends;
    }

    private Map<TopicPartition, Long> committed(String group) throws InterruptedException, ExecutionException {
        var offsets = new HashMap<TopicPartition, Long>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    /** {@return how many records are dead letters} */
    long deadLetters() throws InterruptedException, ExecutionException {
        long letters = 0;
        for (var topic : admin.listTopics().names().get()) {
            if (topic.endsWith(".dlq")) {
                letters +=
                        ends(topic).values().stream().mapToLong(Long::longValue).sum();
            }
        }
        return letters;
    }

    @Override
    public void close() {
        admin.close();
        context.close();
    }
}
