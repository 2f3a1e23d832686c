package io.sluice.local.demo;

import static io.sluice.local.demo.DemoFailedException.refused;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.search.SearchHits;
import io.sluice.client.search.SearchQuery;
import io.sluice.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends the catalog in three ways at once, and waits until every product is searchable. */
final class Intake {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int QUEUED = 202;
    private static final int UPLOADS_AT_ONCE = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SluiceClient sluice;
    private final String kafka;
    private final Duration patience;
    private final String run = UUID.randomUUID().toString();

    /**
     * @param kafka bootstrap servers
     * @param patience how long everything may take
     */
    Intake(SluiceClient sluice, String kafka, Duration patience) {
        this.sluice = sluice;
        this.kafka = kafka;
        this.patience = patience;
    }

    void run(SampleCatalog catalog, Progress progress) throws DemoFailedException, InterruptedException {
        var sync = new IntakeCount("sync calls", catalog.bySyncCall().size());
        var async = new IntakeCount(
                "async calls with pictures", catalog.byAsyncCall().size());
        var direct = new IntakeCount("straight through Kafka", catalog.byKafka().size());
        var deadline = System.nanoTime() + patience.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var _ = progress.show(sync, async, direct)) {
            var ways = new ArrayList<Future<?>>();
            ways.add(threads.submit(step(() -> saveAndWait(catalog.bySyncCall(), sync))));
            ways.add(threads.submit(step(() -> saveWithPictures(catalog.byAsyncCall(), async, deadline))));
            ways.add(threads.submit(step(() -> writeToTopic(catalog.byKafka(), direct, deadline))));
            try {
                for (var way : ways) {
                    way.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            } catch (ExecutionException e) {
                throw failure(Objects.requireNonNullElse(e.getCause(), e));
            } catch (TimeoutException e) {
                throw new DemoFailedException("after " + patience.toSeconds() + " s only this was done: "
                        + sync.progress() + ", " + async.progress() + ", " + direct.progress());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private void saveAndWait(List<SampleProduct> products, IntakeCount count) throws IOException, DemoFailedException {
        for (var product : products) {
            var answer = sluice.products().save(product.fields());
            answer.orElseThrow(problem -> refused("indexing " + product.id(), problem));
            if (answer.status() == QUEUED) {
                throw new DemoFailedException(
                        "indexing " + product.id() + " was answered 202: it is queued but not searchable yet");
            }
            count.advance();
        }
    }

    /** Uploads several products at a time, as a shop's back end would, and follows the job of each. */
    private void saveWithPictures(List<SampleProduct> products, IntakeCount count, long deadline) throws Exception {
        var uploading = new Semaphore(UPLOADS_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var followed = products.stream()
                    .map(product -> threads.submit(step(() -> {
                        var job = upload(product, uploading);
                        awaitUntil(deadline, () -> hasSucceeded(job));
                        count.advance();
                    })))
                    .toList();
            for (var job : followed) {
                job.get();
            }
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private String upload(SampleProduct product, Semaphore uploading)
            throws IOException, DemoFailedException, InterruptedException {
        uploading.acquire();
        try {
            return sluice.products()
                    .save(product.fields(), Objects.requireNonNull(product.picture()))
                    .orElseThrow(problem -> refused("indexing " + product.id(), problem))
                    .jobId();
        } finally {
            uploading.release();
        }
    }

    private boolean hasSucceeded(String jobId) throws IOException, DemoFailedException {
        var job = sluice.jobs().find(jobId).orElseThrow(problem -> refused("job " + jobId, problem));
        return switch (job.status()) {
            case SUCCEEDED, SUPERSEDED -> true;
            case QUEUED, PROCESSING, RETRYING -> false;
            case FAILED, DEAD, CANCELED ->
                throw new DemoFailedException(
                        "job " + jobId + " ended as " + job.status().wireName() + ": " + job.error());
        };
    }

    private void writeToTopic(List<SampleProduct> products, IntakeCount count, long deadline)
            throws IOException, DemoFailedException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "acks", "all", "client.id", "demo-upstream");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var sent = new ArrayList<Future<?>>();
            for (var product : products) {
                sent.add(producer.send(new ProducerRecord<>(Topics.PRODUCTS.name(), product.id(), json(product))));
            }
            producer.flush();
            for (var record : sent) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
        for (var product : products) {
            awaitUntil(deadline, () -> isSearchable(product));
            count.advance();
        }
    }

    private boolean isSearchable(SampleProduct product) throws IOException {
        var query = SearchQuery.of(product.name()).withFilter("run:" + run).withLimit(100);
        return switch (sluice.search().find(query)) {
            case Answer.Success<SearchHits>(var _, var found) ->
                found.productIds().contains(product.id());
            case Answer.Refused<SearchHits> _ -> false;
        };
    }

    private String json(SampleProduct product) throws JsonProcessingException {
        // a value of this run, so that a product of an earlier run is not mistaken for one of this run
        var metadata = ((ObjectNode) JSON.readTree(product.metadata())).put("run", run);
        var event = JSON.createObjectNode()
                .put("product_id", product.id())
                .put("name", product.name())
                .put("description", product.description());
        event.set("metadata", metadata);
        return event.toString();
    }

    private static void awaitUntil(long deadline, Callable<Boolean> condition)
            throws IOException, DemoFailedException, InterruptedException {
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new DemoFailedException("the products were not done in time");
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
        } catch (IOException | DemoFailedException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Work that may throw. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static Callable<Boolean> step(Step step) {
        return () -> {
            step.run();
            return true;
        };
    }

    private static DemoFailedException failure(Throwable cause) {
        return cause instanceof DemoFailedException failed
                ? failed
                : new DemoFailedException(cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
}
