package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.intake.Intake;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job is shown to the callers that it is for. For the others it does not exist. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class JobAccessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {JobKind.PRODUCT, JobKind.IMPORT})
    void jobsOfProductsAndImportsAreForAllProducers(String kind, GatewayUnderTest open, ClosedGateway.Door door) {
        isShownOnlyTo(
                Set.of(Caller.PRODUCER, Caller.ADMIN, Caller.NOBODY_WHILE_PRODUCERS_ARE_OPEN),
                job(kind, null, open, door),
                open,
                door);
    }

    @Test
    void aJobWithAnOwnerIsForItsOwnerAndAdmins(GatewayUnderTest open, ClosedGateway.Door door) {
        isShownOnlyTo(Set.of(Caller.USER, Caller.ADMIN), job("photo", door.id(Caller.USER), open, door), open, door);
        isShownOnlyTo(
                Set.of(Caller.PRODUCER, Caller.ADMIN),
                job(JobKind.PRODUCT, door.id(Caller.PRODUCER), open, door),
                open,
                door);
    }

    @ParameterizedTest
    @ValueSource(strings = {JobKind.USER_ERASURE, "photo", "of-another-system"})
    void everyOtherJobIsForAdmins(String kind, GatewayUnderTest open, ClosedGateway.Door door) {
        isShownOnlyTo(Set.of(Caller.ADMIN), job(kind, null, open, door), open, door);
    }

    @Test
    void theOwnerIsNotPartOfAnAnswer(GatewayUnderTest open, ClosedGateway.Door door) {
        var id = job("photo", door.id(Caller.USER), open, door);
        var gateway = door.gateway();

        var answer = gateway.send(door.as(Caller.USER, gateway.request("/api/v1/jobs/" + id)));

        assertThat(answer.json().path("job_id").asText()).isEqualTo(id);
        assertThat(answer.json().has("owner")).isFalse();
    }

    @Test
    void theCallsOfImportsShowNoOtherJob(GatewayUnderTest open, ClosedGateway.Door door) {
        var id = job(JobKind.USER_ERASURE, null, open, door);
        for (var path : List.of("", "/events", "/errors")) {
            assertThat(open.get("/api/v1/imports/" + id + path).status()).isEqualTo(404);
        }
        assertThat(open.post("/api/v1/imports/" + id + "/cancel", "application/json", new byte[0])
                        .status())
                .isEqualTo(404);
        assertThat(open.get("/api/v1/imports").json().toString()).doesNotContain(id);
    }

    private static void isShownOnlyTo(Set<Caller> seers, String id, GatewayUnderTest open, ClosedGateway.Door door) {
        for (var caller : Caller.values()) {
            var gateway = caller.isOpen ? open : door.gateway();
            var hidden = caller == Caller.NOBODY ? 401 : 404;
            for (var path : List.of("/api/v1/jobs/" + id, "/api/v1/jobs/" + id + "/events")) {
                var answer = gateway.send(door.as(caller, gateway.request(path)));
                assertThat(answer.status())
                        .as("%s as %s", path, caller)
                        .isEqualTo(seers.contains(caller) ? 200 : hidden);
                if (answer.status() == 404) {
                    assertThat(answer.json().path("code").asText()).isEqualTo("JOB_NOT_FOUND");
                }
            }
        }
    }

    /** Writes the events of a job that has ended, so that its stream ends too. */
    private static String job(String kind, @Nullable String owner, GatewayUnderTest open, ClosedGateway.Door door) {
        var id = UUID.randomUUID().toString();
        var at = Instant.now();
        for (var event : List.of(
                JobEvent.queued(id, kind, at).withOwner(owner),
                JobEvent.succeeded(id, kind, "done", at.plusMillis(1)))) {
            var _ = Intake.await(open.bean(Intake.class).writeJobEvent(event));
        }
        for (var gateway : List.of(open, door.gateway())) {
            await().atMost(PATIENCE)
                    .until(() -> gateway.bean(JobBoard.class)
                            .find(id)
                            .filter(job -> job.status().isTerminal())
                            .isPresent());
        }
        return id;
    }
}
