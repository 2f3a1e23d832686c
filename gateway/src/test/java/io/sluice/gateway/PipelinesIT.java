package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.schemas.pipeline.PipelineReport;
import io.sluice.schemas.pipeline.PipelineState;
import io.sluice.stores.product.VectorStore;
import io.sluice.stores.product.VectorStore.ServedIndex;
import io.sluice.testkit.TestStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pipelines of all services, through two gateways of one deployment. No service runs; the test reports for them. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class PipelinesIT {
    private static final String PIPELINES = "/api/v1/admin/pipelines";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private GatewayUnderTest open;
    private ClosedGateway.Door door;
    private String index;

    @BeforeEach
    void gateways(GatewayUnderTest open, ClosedGateway.Door door) {
        this.open = open;
        this.door = door;
        index = open.bean(VectorStore.class)
                .servedIndex()
                .map(ServedIndex::name)
                .orElse("builtin-1");
        for (var gateway : List.of(open, door.gateway())) {
            await().atMost(PATIENCE)
                    .until(() ->
                            pipeline(gateway, "indexer").path("group").asText().equals("indexer-" + index));
        }
    }

    @AfterEach
    void resumeAndStop() {
        post(door.gateway(), "/indexer/resume", "");
        report("indexer-0-1:indexer", null);
    }

    @Test
    void showsEveryPipelineOfADeploymentWhoseServicesAreDown() {
        var indexer = pipeline(open, "indexer");

        var names = new ArrayList<String>();
        list(open).forEach(pipeline -> names.add(pipeline.path("name").asText()));
        assertThat(names).contains("embedder", "indexer", "row-indexer", "importer");
        assertThat(indexer.path("service").asText()).isEqualTo("indexer");
        assertThat(indexer.path("topic").asText()).isEqualTo("product-vectors." + index + ".v1");
        assertThat(indexer.path("group").asText()).isEqualTo("indexer-" + index);
        assertThat(indexer.path("status").asText()).isEqualTo("stalled");
        assertThat(indexer.path("reason").asText()).isEqualTo("no instance runs");
        assertThat(indexer.path("instances").asInt(-1)).isZero();
        assertThat(indexer.path("dead_letters").asInt(-1)).isZero();
        assertThat(indexer.path("retrying").asInt(-1)).isZero();
    }

    @Test
    void countsWhatAGroupHasNotFinishedAndWhatItRetries() throws Exception {
        var retries = open.prefix + Topics.retries("imports.v1", "importer", Topics.FIRST_RETRY);
        new TopicPlan(TestStack.kafka().brokers(), new TopicNames(open.prefix), 2, -1).ensure(Topics.IMPORT_ROWS);
        TestStack.kafka()
                .admin()
                .createTopics(List.of(new NewTopic(retries, 1, (short) 1)))
                .all()
                .get();
        var before = pipeline(open, "row-indexer").path("lag").asLong(-1);
        TestStack.kafka().write(open.topic("import-rows.v1"), "companies:1", "{}", Map.of());
        TestStack.kafka().write(retries, "i", "{}", Map.of());

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pipeline(open, "row-indexer").path("lag").asLong()).isEqualTo(before + 1);
            assertThat(pipeline(open, "importer").path("retrying").asLong()).isEqualTo(1);
        });
        await().atMost(PATIENCE)
                .until(() -> open.bean(MeterRegistry.class)
                                .get("sluice.pipeline.retries.waiting")
                                .tag("pipeline", "importer")
                                .gauge()
                                .value()
                        == 1);
    }

    @Test
    void pausesAndResumesAtAnyGatewayAndSaysWhoAndWhy() {
        var paused = post(open, "/indexer/pause", "{\"reason\":\"Qdrant moves\"}");

        assertThat(paused.status()).as("%s", paused.json()).isEqualTo(200);
        assertThat(paused.json().path("status").asText()).isEqualTo("paused");
        assertThat(paused.json().path("by").asText()).isEqualTo("the-admin");
        assertThat(paused.json().path("reason").asText()).isEqualTo("Qdrant moves");
        assertThat(paused.json().path("since").asText()).startsWith("20");
        assertThat(lastControl().paused()).isTrue();
        assertThat(lastControl().group()).isEqualTo("indexer-" + index);
        await().atMost(PATIENCE)
                .until(() -> pipeline(door.gateway(), "indexer")
                        .path("status")
                        .asText()
                        .equals("paused"));
        assertThat(pipeline(open, "embedder").path("status").asText()).isEqualTo("stalled");

        var resumed = post(door.gateway(), "/indexer/resume", "");
        assertThat(resumed.status()).as("%s", resumed.json()).isEqualTo(200);
        assertThat(resumed.json().path("status").asText()).isEqualTo("stalled");
        assertThat(lastControl().paused()).isFalse();
        await().atMost(PATIENCE)
                .until(() -> pipeline(open, "indexer").path("status").asText().equals("stalled"));
    }

    @Test
    void refusesAPauseWithoutAReasonAndAPipelineThatDoesNotExist() {
        for (var body : new String[] {"{}", "{\"reason\":\" \"}", "{\"reason\":7}"}) {
            var refused = post(open, "/indexer/pause", body);
            assertThat(refused.status()).as(body).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("reason");
        }
        for (var call : new String[] {"/indexers/pause", "/indexers/resume", "/indexer@other-1/pause"}) {
            var refused = post(open, call, "{\"reason\":\"because\"}");
            assertThat(refused.status()).as(call).isEqualTo(404);
            assertThat(refused.json().path("code").asText()).isEqualTo("PIPELINE_NOT_FOUND");
            assertThat(refused.json().path("detail").asText()).contains("row-indexer");
        }
    }

    @Test
    void aSuspendedPipelineIsInTheHealthOfTheGatewayWhichStaysReady() {
        report("indexer-0-1:indexer", said(PipelineState.SUSPENDED));

        await().atMost(PATIENCE).untilAsserted(() -> {
            var health = open.get("/health/readiness");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().at("/details/pipelines/status").asText()).isEqualTo("DEGRADED");
            assertThat(health.json().at("/details/pipelines/details/indexer").asText())
                    .startsWith("suspended since 2026-11-27T02:10:00Z: QDRANT_UNAVAILABLE");
        });
        assertThat(open.get("/health/liveness").status()).isEqualTo(200);
        assertThat(pipeline(open, "indexer").path("rate_per_s").asDouble()).isEqualTo(1.5);
    }

    @Test
    void aPipelineOfAnotherIndexHasTheIndexInItsName() {
        var other = new PipelineReport(
                "indexer-0-2",
                "indexer",
                "indexer",
                "product-vectors.other-2.v1",
                "indexer-other-2",
                "other-2",
                PipelineState.RUNNING,
                null,
                null,
                null,
                0,
                Instant.now());
        report(other.key(), other);
        await().atMost(PATIENCE).until(() -> list(open).findValuesAsText("name").contains("indexer@other-2"));

        var paused = post(open, "/indexer@other-2/pause", "{\"reason\":\"later\"}");
        assertThat(paused.json().path("status").asText()).isEqualTo("paused");
        assertThat(lastControl().group()).isEqualTo("indexer-other-2");
        assertThat(pipeline(open, "indexer").path("status").asText()).isEqualTo("stalled");
        report(other.key(), null);
        assertThat(post(open, "/indexer@other-2/resume", "").status()).isEqualTo(200);
    }

    private PipelineReport said(PipelineState state) {
        return new PipelineReport(
                "indexer-0-1",
                "indexer",
                "indexer",
                "product-vectors." + index + ".v1",
                "indexer-" + index,
                index,
                state,
                null,
                "QDRANT_UNAVAILABLE",
                Instant.parse("2026-11-27T02:10:00Z"),
                1.5,
                Instant.now());
    }

    private void report(String key, @Nullable PipelineReport report) {
        open.bean(EventPublisher.class)
                .publish(Topics.PIPELINE_STATUS, key, report, Map.of())
                .join();
    }

    private PipelineControl lastControl() {
        var last = TestStack.kafka().read(open.topic("pipeline-controls.v1")).getLast();
        return switch (open.bean(JsonCodec.class).decode(PipelineControl.class, last.value())) {
            case Decoded.Intact<PipelineControl>(var control) -> control;
            case Decoded.Unreadable<PipelineControl>(var failure) -> throw new AssertionError(failure.detail());
        };
    }

    private JsonNode list(GatewayUnderTest gateway) {
        var answer = gateway.send(door.as(Caller.ADMIN, gateway.request(PIPELINES)));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json().path("pipelines");
    }

    private JsonNode pipeline(GatewayUnderTest gateway, String name) {
        for (var pipeline : list(gateway)) {
            if (pipeline.path("name").asText().equals(name)) {
                return pipeline;
            }
        }
        throw new AssertionError("no pipeline " + name);
    }

    private Answer post(GatewayUnderTest gateway, String call, String body) {
        return gateway.send(door.as(Caller.ADMIN, gateway.request(PIPELINES + call))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8))));
    }
}
