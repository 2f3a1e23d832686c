package io.sluice.runtime.internal;

import java.time.Clock;

/** What a consumer thread works with; everything but the clock, the writer and the metrics is its own. */
record LoopParts(
        String name,
        int batchSize,
        Feed feed,
        BatchRun<?> batch,
        Triage triage,
        OutcomeWriter writer,
        DependencyGate gate,
        DependencyGate writes,
        Fuse fuse,
        PipelineMetrics metrics,
        Clock clock) {}
