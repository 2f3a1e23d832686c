package io.sluice.runtime.internal;

import java.time.Clock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a consumer thread works with; everything but the clock, the writer and the metrics is its own. */
record LoopParts(
        String name,
        int batchSize,
        Function<ConsumerRecord<byte[], byte[]>, Envelope> envelopes,
        Feed feed,
        BatchRun<?> batch,
        Triage triage,
        OutcomeWriter writer,
        DependencyGate gate,
        DependencyGate writes,
        Fuse fuse,
        PipelineMetrics metrics,
        Clock clock) {}
