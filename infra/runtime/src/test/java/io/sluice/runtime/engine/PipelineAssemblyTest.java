package io.sluice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ConsumerSpec;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PipelineAssemblyTest {
    private final List<ConsumerSpec> wanted = new ArrayList<>();

    @Test
    void eachThreadHasAConsumerOfItsOwnNamedByGroupAndThread() {
        start();

        assertThat(wanted).extracting(ConsumerSpec::work).containsExactly("indexer-builtin-1-0", "indexer-builtin-1-1");
        assertThat(wanted).extracting(ConsumerSpec::name).containsOnly("indexer");
    }

    @Test
    void whatTheGuaranteesRestOnIsNotUpToTheDeployment() {
        start();
        var weaker = new KafkaSettings(Map.of(
                "enable.auto.commit", "true",
                "auto.offset.reset", "latest",
                "isolation.level", "read_uncommitted",
                "group.id", "somebody-elses",
                "group.protocol", "consumer",
                "max.poll.records", "5000",
                "allow.auto.create.topics", "true",
                "session.timeout.ms", "7000"));

        assertThat(weaker.consumer(wanted.getFirst(), "id"))
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.id", "indexer-builtin-1")
                .containsEntry("group.protocol", "classic")
                .containsEntry("max.poll.records", 8)
                .containsEntry("allow.auto.create.topics", false)
                .as("what is not ours is the deployment's")
                .containsEntry("session.timeout.ms", "7000");
    }

    private void start() {
        var pipeline = Pipeline.named("indexer")
                .inGroup("indexer-builtin-1")
                .from(Topics.PRODUCTS)
                .inBatchesOf(8)
                .completes("product", "indexed")
                .handledBy(batch -> Collections.nCopies(batch.size(), Outcome.done()), RetryPolicy.ofDefaults());
        var writer =
                new KafkaWriter(new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
        var assembly = new PipelineAssembly(
                SluiceConfig.ofDefaults(),
                spec -> {
                    wanted.add(spec);
                    return new MockConsumer<>("none");
                },
                writer,
                new JsonCodec(),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                new CarefulMode());
        assembly.start(pipeline, Optional::empty).close();
    }
}
