package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.gateway.intake.Intake;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The list of jobs. The times are in the future, so that the jobs of other tests come after them. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class JobsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private GatewayUnderTest open;
    private ClosedGateway.Door door;

    @BeforeEach
    void gateways(GatewayUnderTest open, ClosedGateway.Door door) {
        this.open = open;
        this.door = door;
    }

    @Test
    void listsTheLatestJobsPageByPage() {
        var base = Instant.parse("2126-01-01T00:00:00Z");
        var ids = IntStream.range(0, 5)
                .mapToObj(i -> accept(JobKind.PRODUCT, null, base.plusSeconds(i / 2)))
                .toList();

        var seen = new ArrayList<String>();
        var path = "/api/v1/jobs?limit=2&before=2126-01-02T00:00:00Z";
        for (var page = 0; page < 3; page++) {
            var answer = open.get(path);
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
            answer.json().path("jobs").findValuesAsText("job_id").forEach(seen::add);
            path = "/api/v1/jobs?limit=2&before=" + answer.json().path("next").asText();
        }

        assertThat(seen.subList(0, 5)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(seen.subList(0, 1)).containsExactly(ids.get(4));
        assertThat(seen.subList(1, 3)).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
        assertThat(seen.subList(3, 5)).containsExactlyInAnyOrder(ids.get(0), ids.get(1));
    }

    @Test
    void listsTheJobsOfAKindAndAStatus() {
        var base = Instant.parse("2127-01-01T00:00:00Z");
        var queued = accept("report", null, base);
        var over = accept("report", null, base.plusSeconds(1));
        write(JobEvent.succeeded(over, "report", "done", base.plusSeconds(2)));
        await().atMost(PATIENCE)
                .until(() -> open.bean(JobBoard.class)
                        .find(over)
                        .filter(job -> job.status().isTerminal())
                        .isPresent());

        assertThat(ids(Caller.ADMIN, "?kind=report")).containsExactly(over, queued);
        assertThat(ids(Caller.ADMIN, "?kind=report&status=succeeded")).containsExactly(over);
        assertThat(ids(Caller.ADMIN, "?kind=report&status=dead")).isEmpty();
    }

    @Test
    void showsEachCallerItsOwnJobs() {
        var base = Instant.parse("2128-01-01T00:00:00Z");
        var own = accept("photo", door.id(Caller.USER), base);
        var product = accept(JobKind.PRODUCT, null, base);
        var erasure = accept(JobKind.USER_ERASURE, null, base);

        assertThat(ids(Caller.USER, "?limit=3")).contains(own).doesNotContain(product, erasure);
        assertThat(ids(Caller.ANOTHER_USER, "?limit=3")).doesNotContain(own, product, erasure);
        assertThat(ids(Caller.PRODUCER, "?limit=3")).contains(product).doesNotContain(own, erasure);
        assertThat(ids(Caller.ADMIN, "?limit=3")).containsExactlyInAnyOrder(own, product, erasure);
    }

    @Test
    void refusesWhatItCannotRead() {
        for (var query : List.of("limit=0", "status=done", "before=yesterday", "kind=a&kind=b")) {
            var refused = open.get("/api/v1/jobs?" + query);
            assertThat(refused.status()).as(query).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(query.replaceFirst("=.*", ""));
        }
    }

    private List<String> ids(Caller caller, String query) {
        Answer answer = door.gateway().send(door.as(caller, door.gateway().request("/api/v1/jobs" + query)));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json().path("jobs").findValuesAsText("job_id");
    }

    /** Writes the first event of a job, and waits until both gateways know it. */
    private String accept(String kind, @Nullable String owner, Instant at) {
        var id = UUID.randomUUID().toString();
        write(JobEvent.queued(id, kind, at).withOwner(owner));
        for (var gateway : List.of(open, door.gateway())) {
            await().atMost(PATIENCE)
                    .until(() -> gateway.bean(JobBoard.class).find(id).isPresent());
        }
        return id;
    }

    private void write(JobEvent event) {
        var _ = Intake.await(open.bean(Intake.class).writeJobEvent(event));
    }
}
