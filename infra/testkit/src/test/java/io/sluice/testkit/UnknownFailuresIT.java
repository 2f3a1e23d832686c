package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.Pipelines.each;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.Headers;
import java.time.Duration;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Many records in a row that fail for an unknown reason, in a pipeline whose records keep their order. */
class UnknownFailuresIT {
    private static final int GOOD = 200;
    private static final int BAD = 60;
    private static final RetryPolicy IN_PLACE =
            new RetryPolicy(2, Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(5));

    @Test
    void recordsOfOtherKeysPassThemAndEachIsGivenUpOnce() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = pipeline();
            lab.create(Topics.PRODUCTS);
            for (var i = 0; i < GOOD; i++) {
                for (var bad = 0; i == GOOD / 2 && bad < BAD; bad++) {
                    publish(lab, "bad-" + bad);
                }
                publish(lab, "good-" + i);
            }
            publish(lab, "bad-0", "behind the bad one of its key");
            var began = System.currentTimeMillis();

            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            var good = lab.read(VECTORS).stream()
                    .filter(message -> key(message).startsWith("good-"))
                    .toList();
            assertThat(good).hasSize(GOOD);
            assertThat(good.stream().flatMapToLong(message -> LongStream.of(message.timestamp() - began)))
                    .as("milliseconds until each good one was done")
                    .allMatch(waited -> waited < 10_000);
            assertThat(lab.deadLetters(pipeline))
                    .extracting(UnknownFailuresIT::key)
                    .hasSize(BAD)
                    .doesNotHaveDuplicates()
                    .allMatch(key -> key.startsWith("bad-"));
            assertThat(lab.reports("bad-0")).contains("embedded:dead").last().isEqualTo("embedded:processing");
            var gaveUp = lab.deadLetters(pipeline).stream()
                    .filter(letter -> key(letter).equals("bad-0"))
                    .findFirst()
                    .orElseThrow();
            var behind = lab.read(VECTORS).stream()
                    .filter(message -> key(message).equals("bad-0"))
                    .findFirst()
                    .orElseThrow();
            assertThat(behind.timestamp()).as("in order").isGreaterThanOrEqualTo(gaveUp.timestamp());
            assertThat(TestKafka.header(gaveUp, Headers.ERROR_CLASS)).isEqualTo("UNCLASSIFIED");
        }
    }

    private static Pipeline<ProductSaved> pipeline() {
        return Pipelines.builder(16)
                .handledBy(
                        each(product -> {
                            var event = product.event();
                            if (event != null && event.name().equals("bad")) {
                                throw new IllegalStateException("no table knows this");
                            }
                            return Pipelines.embed(product);
                        }),
                        IN_PLACE);
    }

    private static void publish(PipelineLab lab, String key) {
        publish(lab, key, key.startsWith("bad-") ? "bad" : "good");
    }

    private static void publish(PipelineLab lab, String key, String name) {
        lab.publish(Topics.PRODUCTS, Samples.product(key, name), key);
    }

    private static String key(ConsumerRecord<byte[], byte[]> message) {
        return new String(message.key(), UTF_8);
    }
}
