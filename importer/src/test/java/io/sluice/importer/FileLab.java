package io.sluice.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fakes.InMemoryImports;
import io.sluice.fakes.InMemoryObjects;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.FailureCode;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.Headers;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An importer over stores in memory, and what it published. */
final class FileLab implements EventPublisher {
    private static final String CSV = "text/csv";

    private final JsonCodec codec = new JsonCodec();
    private final InMemoryObjects objects = new InMemoryObjects();
    private final InMemoryImports ledger = new InMemoryImports(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final StepClock clock = new StepClock();
    private final List<Event> published = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> jobHeaders = new ArrayList<>();
    private final ImportReader reader;
    private int failFrom = Integer.MAX_VALUE;

    FileLab() {
        this(ImportConfig.ofDefaults());
    }

    FileLab(ImportConfig config) {
        this(config, Optional.empty());
    }

    /** An importer with the kinds of a user, which are in this folder. */
    FileLab(ImportConfig config, Optional<Path> folder) {
        var kinds = ImportKinds.load(folder);
        var files = new ImportFiles(objects, config, new SheetLimitsConfig(500, 200 << 20));
        var events = new ImportJobEvents(clock);
        var secondPass = new SecondPass(ledger, this, events, clock);
        reader = new ImportReader(ledger, kinds, files, config, secondPass, events);
    }

    void importCsv(String kind, String text) throws InterruptedException {
        assertThat(handle(request(kind, CSV, text.getBytes(UTF_8)))).isEqualTo(Outcome.done());
    }

    void importCsv(String text) throws InterruptedException {
        assertThat(handle(request("companies", CSV, text.getBytes(UTF_8)))).isEqualTo(Outcome.done());
    }

    /** Imports a file as it is. */
    void importFile(String kind, byte[] file) throws InterruptedException {
        assertThat(handle(request(kind, "application/octet-stream", file))).isEqualTo(Outcome.done());
    }

    void importJson(String text) throws InterruptedException {
        assertThat(handle(request("companies", "application/json", text.getBytes(UTF_8))))
                .isEqualTo(Outcome.done());
    }

    void importLines(String text) throws InterruptedException {
        assertThat(handle(request("companies", "application/x-ndjson", text.getBytes(UTF_8))))
                .isEqualTo(Outcome.done());
    }

    void importFile(ImportRequested request) throws InterruptedException {
        assertThat(handle(request)).isEqualTo(Outcome.done());
    }

    /** {@return the request to import a text with the options that texts have} */
    ImportRequested textRequest(byte[] file, @Nullable String encoding, @Nullable Boolean keepDamaged) {
        var object = objects.put("imports", file, CSV);
        return new ImportRequested(
                "import-1",
                "companies",
                object,
                "file.csv",
                Map.of(),
                null,
                null,
                "job-1",
                null,
                null,
                encoding,
                keepDamaged);
    }

    void refuses(String kind, String csv, FailureCode code, String words) throws InterruptedException {
        refuses(request(kind, CSV, csv.getBytes(UTF_8)), code, words);
    }

    void refuses(ImportRequested request, FailureCode code, String words) throws InterruptedException {
        published.clear();
        assertThat(handle(request))
                .isInstanceOfSatisfying(
                        Outcome.Emit.class,
                        emit -> assertThat(emit.emissions()).singleElement().satisfies(emission -> {
                            var told = (JobEvent) Objects.requireNonNull(emission.event());
                            var error = Objects.requireNonNull(told.error());
                            assertThat(told.outcome()).isEqualTo(JobStatus.FAILED);
                            assertThat(error.code()).isEqualTo(code.name());
                            assertThat(error.message()).contains(words);
                        }));
        assertThat(published).isEmpty();
    }

    void isToldThatItIsCanceled(String csv) throws InterruptedException {
        assertThat(handle(request("companies", CSV, csv.getBytes(UTF_8))))
                .isInstanceOfSatisfying(
                        Outcome.Emit.class,
                        emit -> assertThat(emit.emissions())
                                .singleElement()
                                .satisfies(emission -> assertThat(emission.event())
                                        .isInstanceOfSatisfying(
                                                JobEvent.class,
                                                told -> assertThat(told.outcome())
                                                        .isEqualTo(JobStatus.CANCELED))));
    }

    /** {@return what was rejected, as the gateway hands it out; only the rows' numbers are left out} */
    String errorsFile() {
        var header = header();
        var lines = new ArrayList<>(List.of(String.join(",", header) + ",error"));
        for (var row : rows(ImportRow.Rejection.class)) {
            lines.add(header.stream()
                    .map(column -> "\"%s\",".formatted(row.cells().getOrDefault(column, "")))
                    .collect(Collectors.joining("", "", "wrong")));
        }
        return String.join("\n", lines) + "\n";
    }

    /** {@return the header of the last file, as the ledger has it} */
    List<String> header() {
        return Objects.requireNonNull(ledger.find("import-1").orElseThrow().header());
    }

    /** {@return the notes of the last file, one a line} */
    String notes() {
        return ((JobEvent) published.getFirst()).facts().getOrDefault("notes", "");
    }

    List<Outcome> deleted() throws InterruptedException {
        return reader.handle(List.of(new Received<>("import-1", null, 1, null)));
    }

    ImportRequested request(String kind, String contentType, byte[] file) {
        return request(kind, contentType, objects.put("imports", file, contentType));
    }

    ImportRequested request(String kind, String contentType, StoredObject object) {
        return new ImportRequested("import-1", kind, object, "file.csv", Map.of(), null, null, "job-1", null, null);
    }

    StoredObject gone() {
        return new StoredObject("sluice", "imports/gone", "0".repeat(64), CSV, 1);
    }

    private Outcome handle(ImportRequested request) throws InterruptedException {
        return reader.handle(List.of(new Received<>(request.importId(), request, 1, request.jobId())))
                .getFirst();
    }

    @Override
    public <E extends Event> CompletableFuture<Position> publish(
            Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
        var written = Objects.requireNonNull(event);
        assertThat(codec.encode(written)).hasSizeLessThan(1 << 20);
        assertThat(written.belongsUnder(key)).as(key).isTrue();
        published.add(written);
        if (written instanceof ImportRow) {
            keys.add(key);
        }
        jobHeaders.add(String.valueOf(headers.get(Headers.JOB_ID)));
        return published.size() >= failFrom
                ? CompletableFuture.failedFuture(new TimeoutException("no ack"))
                : CompletableFuture.completedFuture(new Position(0, published.size()));
    }

    /** From this event on, Kafka takes none. */
    void failAcksFrom(int event) {
        failFrom = event;
    }

    <R extends ImportRow> List<R> rows(Class<R> type) {
        return published.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Event> published() {
        return published;
    }

    List<String> keys() {
        return keys;
    }

    List<String> jobHeaders() {
        return jobHeaders;
    }

    InMemoryObjects objects() {
        return objects;
    }

    InMemoryImports ledger() {
        return ledger;
    }

    StepClock clock() {
        return clock;
    }

    /** A clock that stands still, unless it is told to go on with each look at it. */
    static final class StepClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private boolean steps;

        void stepByLook() {
            steps = true;
        }

        @Override
        public Instant instant() {
            now = steps ? now.plusSeconds(1) : now;
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
