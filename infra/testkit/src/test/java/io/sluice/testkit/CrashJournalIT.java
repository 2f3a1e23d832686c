package io.sluice.testkit;

import static io.sluice.testkit.Pipelines.VECTORS;
import static io.sluice.testkit.TestKafka.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Pipeline;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.Headers;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/** What happens to the records that a process had in flight when it ended without a word. */
class CrashJournalIT {
    private static final Pipeline<ProductSaved> PIPELINE = Pipelines.embedding(50, Pipelines::embedAll);

    private final Set<String> processes = new HashSet<>();

    @Test
    void aRecordThatEndsItsProcessIsGivenUpAfterThreeEnds() throws Exception {
        try (var lab = PipelineLab.open(1)) {
            lab.create(Topics.PRODUCTS, VECTORS);
            publish(lab, "", PipelineProcess.HALTS, 200);

            var ends = 0;
            while (lab.lag(PIPELINE) > 0) {
                assertThat(ends).as("unclean ends").isLessThanOrEqualTo(3);
                try (var process = PipelineProcess.start(lab)) {
                    PipelineLab.await().until(() -> !process.isAlive() || lab.lag(PIPELINE) == 0);
                    ends += process.isAlive() ? 0 : 1;
                }
            }

            assertThat(ends).as("unclean ends").isEqualTo(3);
            assertThat(lab.deadLetters(PIPELINE)).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo(PipelineProcess.HALTS.getBytes(UTF_8));
                assertThat(header(letter, Headers.ERROR_CLASS)).isEqualTo("CRASHED_PROCESS");
            });
            Guarantee.checkAll(lab, PIPELINE, VECTORS);
            var seen = new AtomicInteger();
            var largest = new AtomicInteger();
            publish(lab, "later-", "later", 200);
            try (var running = lab.start(Pipelines.embedding(50, batch -> {
                seen.addAndGet(batch.size());
                largest.accumulateAndGet(batch.size(), Math::max);
                return Pipelines.embedAll(batch);
            }))) {
                lab.awaitDrained(PIPELINE);
                assertThat(running.name()).isEqualTo("embedder");
            }
            assertThat(seen).as("only the new records are handled").hasValue(200);
            assertThat(largest).as("in batches again").hasValueGreaterThan(1);
        }
    }

    @Test
    void aLongRecordThatMakesProgressIsNeverGivenUp() throws Exception {
        try (var lab = PipelineLab.open(1)) {
            lab.create(Topics.PRODUCTS, VECTORS);
            publish(lab, "", PipelineProcess.LONG, 20);

            for (var kill = 0; kill < 4; kill++) {
                var process = PipelineProcess.start(lab);
                awaitNote(lab, ":0");
                process.kill();
            }
            lab.start(PIPELINE);
            lab.awaitDrained(PIPELINE);

            assertThat(lab.deadLetters(PIPELINE)).isEmpty();
            assertThat(lab.events(VECTORS)).extracting(vectors -> vectors.key()).contains(PipelineProcess.LONG);
        }
    }

    @Test
    void aRecordThatWasInFlightAloneInOneUncleanEndOnlyIsHandled() throws Exception {
        try (var lab = PipelineLab.open(1)) {
            lab.create(Topics.PRODUCTS, VECTORS);
            publish(lab, "", PipelineProcess.HANGS, 20);

            for (var kill = 0; kill < 2; kill++) {
                var process = PipelineProcess.start(lab);
                var isAlone = kill > 0;
                PipelineLab.await().until(() -> !isAlone || lab.lag(PIPELINE) == 10);
                awaitNote(lab, isAlone ? "alone=0" : "left=");
                process.kill();
            }
            lab.start(PIPELINE);
            lab.awaitDrained(PIPELINE);

            assertThat(lab.deadLetters(PIPELINE)).isEmpty();
            assertThat(lab.events(VECTORS)).extracting(vectors -> vectors.key()).contains(PipelineProcess.HANGS);
        }
    }

    private static void publish(PipelineLab lab, String prefix, String special, int count) {
        for (var i = 0; i < count; i++) {
            lab.publish(Topics.PRODUCTS, Samples.product(i == count / 2 ? special : prefix + i), null);
        }
    }

    /** Waits until a process that was not seen before has committed a note with these words. */
    private void awaitNote(PipelineLab lab, String words) {
        PipelineLab.await()
                .until(() -> lab.committed(PIPELINE).stream()
                        .map(OffsetAndMetadata::metadata)
                        .filter(note -> note.contains("run=") && note.contains(words))
                        .map(note -> note.replaceAll(".*run=(\\w+).*", "$1"))
                        .anyMatch(processes::add));
    }
}
