package io.sluice.e2e;

import io.micronaut.context.ApplicationContext;
import io.sluice.embedder.Embedder;
import io.sluice.importer.Importer;
import io.sluice.indexer.Indexer;
import io.sluice.rekognizer.Rekognizer;
import io.sluice.runtime.Dependency;
import io.sluice.runtime.Pipeline;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Renders {@code docs/topology.md} from the pipelines of started services. */
class TopologyPageIT {
    @Test
    void thePageShowsEveryPipelineAsItRuns() throws IOException {
        var database = TestStack.postgres();
        Map<String, Object> stores = Map.of(
                "kafka.bootstrap.servers",
                TestStack.kafka().bootstrapServers(),
                "database.url",
                database.url(),
                "database.user",
                database.user(),
                "s3.endpoint",
                TestStack.s3().url(),
                "sluice.embedder.port",
                0,
                "sluice.faces",
                "on",
                "sluice.rekognizer.port",
                0,
                "sluice.importer.port",
                0,
                "sluice.indexer.port",
                0);
        var page = new StringBuilder("""
                # Topology
                Rendered from the pipelines that the services run; a test fails when it is stale.

                | processor | source | batch size | targets | retries | dead letters | depends on | stage in the job |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        try (var embedder = Embedder.start(stores);
                var rekognizer = Rekognizer.start(stores);
                var importer = Importer.start(stores);
                var indexer = Indexer.start(stores)) {
            appendPipelines(page, embedder);
            appendPipelines(page, rekognizer);
            appendPipelines(page, importer);
            appendPipelines(page, indexer);
        }
        page.append("""

                This is with `SLUICE_FACES=on`. While faces are off, `prepared-photo-indexer` ends the jobs of photos.

                A pipeline reads its retry topics itself. Records that are sent back from the dead letters arrive in `.retry-10s`.

                The gateway's job tracker (Kafka Streams, application `sluice-jobs`) folds `job-events.v1` into `jobs.v1`.

                Every service follows `pipeline-controls.v1`, where the gateway writes which pipelines are paused, and writes the
                state of its pipelines to `pipeline-status.v1`, which the gateway follows.
                """);
        GeneratedPage.mustBe("topology.md", page.toString());
    }

    private static void appendPipelines(StringBuilder page, ApplicationContext context) {
        var pipelines = new ArrayList<Pipeline<?>>();
        for (Pipeline<?> pipeline : context.getBeansOfType(Pipeline.class)) {
            pipelines.add(pipeline);
        }
        pipelines.sort(Comparator.comparing(pipeline -> pipeline.name()));
        pipelines.forEach(pipeline -> page.append(row(pipeline)));
    }

    private static String row(Pipeline<?> pipeline) {
        return "| %s | `%s` | %d | %s | %s | `%s` | %s | %s |\n"
                .formatted(
                        pipeline.name(),
                        pipeline.source().name(),
                        pipeline.batchSize(),
                        code(pipeline.targets().stream().map(Topic::name)),
                        code(pipeline.retryTopics().stream()),
                        Topics.deadLetters(pipeline.source().topic().name(), pipeline.name()),
                        pipeline.dependencies().stream().map(Dependency::name).collect(Collectors.joining(", ")),
                        (pipeline.stage() == null ? "reported by the handler" : pipeline.stage())
                                + (pipeline.completesJobs() ? "; the job has succeeded" : ""));
    }

    private static String code(Stream<String> names) {
        return names.map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
