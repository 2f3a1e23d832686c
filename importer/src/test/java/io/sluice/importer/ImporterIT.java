package io.sluice.importer;

import static io.sluice.testkit.PipelineLab.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.TestStack;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service: real broker, real object store, real Postgres. */
class ImporterIT {
    private static final int ROWS = 2_000;

    private final PipelineLab lab = PipelineLab.open(2);
    private ApplicationContext importer;

    @BeforeEach
    void start() {
        lab.create(Topics.IMPORTS);
        var database = TestStack.postgres();
        importer = Importer.start(Map.of(
                "kafka.bootstrap.servers", lab.kafka().bootstrapServers(),
                "sluice.topic-prefix", lab.names().prefix(),
                "sluice.partitions", 2,
                "sluice.importer.port", -1,
                "database.url", database.url(),
                "database.user", database.user(),
                "s3.endpoint", TestStack.s3().url()));
    }

    @AfterEach
    void stop() {
        importer.close();
        lab.close();
    }

    @Test
    void aFileBecomesItsRowsInTheirOrderAndThenItsEnd() {
        var text = IntStream.rangeClosed(1, ROWS)
                .mapToObj(i -> "key-%d;Name %d\n".formatted(i, i))
                .collect(Collectors.joining());
        send("import-1", "categories", "slug;name\n" + text);

        await().until(() -> !rows(End.class).isEmpty());

        assertThat(rows(End.class)).containsExactly(new End("import-1", ROWS));
        assertThat(rows(Data.class))
                .extracting(Data::rowNumber)
                .doesNotHaveDuplicates()
                .hasSize(ROWS);
        assertThat(rows(Rejection.class)).isEmpty();
        assertThat(lab.read(Topics.IMPORT_ROWS))
                .allSatisfy(row -> assertThat(
                                new String(row.headers().lastHeader("x-job-id").value(), UTF_8))
                        .isEqualTo("job-of-import-1"));
        assertThat(lab.reports("job-of-import-1")).containsExactly("read:processing");
        assertThat(importer.getBean(ImportLedger.class).find("import-1"))
                .get()
                .satisfies(known -> assertThat(known.header()).containsExactly("slug", "name"));
    }

    @Test
    void aFileThatIsNoTableFailsItsJobAndTheNextOneIsRead() {
        send("import-1", "categories", "%PDF-1.7 and so on");
        send("import-2", "categories", "name\nShoes\n");

        await().until(() ->
                !rows(End.class).isEmpty() && !lab.reports("job-of-import-1").isEmpty());

        assertThat(rows(ImportRow.class)).hasSize(2);
        assertThat(lab.events(Topics.JOB_EVENTS).stream()
                        .filter(event -> event.outcome() == JobStatus.FAILED)
                        .map(JobEvent::error)
                        .toList())
                .singleElement()
                .satisfies(error -> assertThat(String.valueOf(error)).contains("NOT_A_SPREADSHEET", "PDF"));
        assertThat(lab.reports("job-of-import-2")).containsExactly("read:processing");
    }

    private void send(String importId, String kind, String text) {
        var object = importer.getBean(ObjectStore.class).put("imports", text.getBytes(UTF_8), "text/csv");
        var jobId = "job-of-" + importId;
        lab.publish(
                Topics.IMPORTS,
                new ImportRequested(importId, kind, object, "a.csv", Map.of(), null, null, jobId, null, null),
                jobId);
    }

    private <R extends ImportRow> List<R> rows(Class<R> type) {
        return lab.events(Topics.IMPORT_ROWS).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
