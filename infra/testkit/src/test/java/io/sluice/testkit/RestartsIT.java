package io.sluice.testkit;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.Pipelines.each;
import static io.sluice.testkit.Pipelines.embedding;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.FailureCode;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus.Waiting;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a restart repeats. */
class RestartsIT {
    private final AtomicBoolean firstWaits = new AtomicBoolean(true);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void restartsRepeatNothingThatIsDoneBehindARecordThatWaits() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = whoseFirstRecordWaits();
            publishPoisonAmongGoodRecords(lab);

            for (var start = 1; start <= 3; start++) {
                attempts.set(0);
                try (var running = lab.start(pipeline)) {
                    PipelineLab.await().until(() -> attempts.get() > 1);
                    assertThat(running.status()).isInstanceOf(Waiting.class);
                }
                assertThat(lab.lag(pipeline)).isEqualTo(24);
            }
            firstWaits.set(false);
            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(deadLetters(lab, pipeline)).containsExactly("bad-3", "bad-8", "bad-9");
            assertThat(lab.events(VECTORS))
                    .as("no record was handled twice")
                    .hasSize(21)
                    .extracting(vectors -> vectors.key())
                    .contains("first")
                    .doesNotHaveDuplicates();
            Guarantee.checkAll(lab, pipeline, VECTORS);
        }
    }

    @Test
    void aCrashRepeatsOnlyWhatWasNotCommitted() {
        try (var lab = PipelineLab.open(1)) {
            var pipeline = whoseFirstRecordWaits();
            publishPoisonAmongGoodRecords(lab);

            var running = lab.start(pipeline);
            PipelineLab.await()
                    .until(() -> lab.committed(pipeline).stream()
                            .anyMatch(offset -> offset.metadata().contains("done=1-23")));
            running.crash();
            firstWaits.set(false);
            lab.start(pipeline);
            lab.awaitDrained(pipeline);

            assertThat(deadLetters(lab, pipeline)).containsExactly("bad-3", "bad-8", "bad-9");
            assertThat(lab.events(VECTORS)).hasSize(21);
        }
    }

    private Pipeline<ProductSaved> whoseFirstRecordWaits() {
        return embedding(32, each(product -> {
            if (product.key().equals("first")) {
                attempts.incrementAndGet();
                if (firstWaits.get()) {
                    return Outcome.failed(AWAY);
                }
            }
            return Pipelines.embed(product);
        }));
    }

    private static List<String> deadLetters(PipelineLab lab, Pipeline<?> pipeline) {
        return lab.deadLetters(pipeline).stream()
                .map(letter -> new String(letter.key(), UTF_8))
                .toList();
    }

    private static void publishPoisonAmongGoodRecords(PipelineLab lab) {
        lab.create(Topics.PRODUCTS);
        lab.publish(Topics.PRODUCTS, Samples.product("first"), "job-first");
        var products = Samples.products(20);
        for (var part : List.of(products.subList(0, 3), products.subList(3, 11), products.subList(11, 20))) {
            lab.write(Topics.PRODUCTS, "bad-" + part.size(), "not JSON", null);
            part.forEach(product -> lab.publish(Topics.PRODUCTS, product, null));
        }
    }

    private static final Retryable AWAY = new Retryable(Code.STORE_AWAY, "not now", DEPENDENCY);

    private enum Code implements FailureCode {
        STORE_AWAY
    }
}
