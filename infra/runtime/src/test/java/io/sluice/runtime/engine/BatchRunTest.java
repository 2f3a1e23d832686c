package io.sluice.runtime.engine;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.RuntimeFailure.INVALID_EVENT;
import static io.sluice.runtime.RuntimeFailure.INVALID_KEY;
import static io.sluice.runtime.RuntimeFailure.KEY_MISMATCH;
import static io.sluice.runtime.RuntimeFailure.TOO_LARGE;
import static io.sluice.runtime.RuntimeFailure.UNCLASSIFIED;
import static io.sluice.runtime.RuntimeFailure.UNDECODABLE;
import static io.sluice.runtime.RuntimeFailure.UNENCODABLE;
import static io.sluice.runtime.RuntimeFailure.VERSION_MISSING;
import static io.sluice.runtime.engine.Records.VECTORS;
import static io.sluice.runtime.engine.Records.WRITTEN_AT;
import static io.sluice.runtime.engine.Records.pipeline;
import static io.sluice.runtime.engine.Records.raw;
import static io.sluice.runtime.engine.Records.saved;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.runtime.BatchHandler;
import io.sluice.runtime.CallLimit;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.FailureCode;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.Received.Turn;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.engine.Verdict.Failed;
import io.sluice.runtime.engine.Verdict.Misplaced;
import io.sluice.runtime.engine.Verdict.Passed;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRunTest {
    private static final JsonCodec CODEC = new JsonCodec();

    private final List<Received<ProductSaved>> seen = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final Probes probes = new Probes();
    private final AtomicLong now = new AtomicLong();

    /** The answers of a store to its probes: it works until it is told otherwise. */
    private static final class Probes {
        private final Deque<Boolean> next = new ArrayDeque<>();
        private int count;

        boolean pass() {
            count++;
            return next.isEmpty() || next.removeFirst();
        }
    }

    @Test
    void handsOverWhatItDecodedWithVersionAndJob() throws Exception {
        var json = CODEC.encode(Records.product("p"));
        run(recording(Outcome.done()), List.of(raw(bytes("p"), json, 7, Map.of(Headers.JOB_ID, "j-1")), saved("q", 8)));

        assertThat(seen)
                .containsExactly(
                        new Received<>(
                                "p", Records.product("p"), EntityVersion.of(1, 7), "j-1", Turn.IN_ORDER, WRITTEN_AT),
                        new Received<>(
                                "q", Records.product("q"), EntityVersion.of(1, 8), null, Turn.IN_ORDER, WRITTEN_AT));
    }

    @Test
    void aRecordWithoutValueIsADeletion() throws Exception {
        run(recording(Outcome.done()), List.of(raw(bytes("p"), null, 7, Map.of())));

        assertThat(seen)
                .singleElement()
                .satisfies(received -> assertThat(received.isDelete()).isTrue());
    }

    @Test
    void theHandlerNeverSeesWhatCannotBeRead() throws Exception {
        var verdicts = run(
                recording(Outcome.done()),
                List.of(
                        raw(bytes("a"), bytes("oops"), 0, Map.of()),
                        saved("good", 1),
                        raw(bytes("b"), bytes("{\"product_id\":\"b\",\"name\":\"\"}"), 2, Map.of()),
                        raw(bytes("c"), CODEC.encode(Records.product("d")), 3, Map.of()),
                        raw(null, CODEC.encode(Records.product("d")), 4, Map.of()),
                        raw(bytes("  "), CODEC.encode(Records.product("d")), 5, Map.of()),
                        raw(new byte[] {(byte) 0xc3, 0x28}, CODEC.encode(Records.product("d")), 6, Map.of())));

        assertThat(seen).extracting(Received::key).containsExactly("good");
        assertThat(verdicts.get(1)).isInstanceOf(Passed.class);
        assertThat(codes(verdicts))
                .containsExactly(UNDECODABLE, INVALID_EVENT, KEY_MISMATCH, INVALID_KEY, INVALID_KEY, INVALID_KEY);
    }

    @Test
    void aRecordOffItsPartitionIsToBeMovedEvenWhenItCannotBeRead() throws Exception {
        var message = raw(bytes("p"), bytes("oops"), 0, Map.of());
        var home = run(recording(Outcome.done()), 1, List.of(message));
        var away = IntStream.rangeClosed(2, 50)
                .mapToObj(partitions -> verdictOf(message, partitions))
                .filter(Misplaced.class::isInstance)
                .toList();

        assertThat(codes(home)).containsExactly(UNDECODABLE);
        assertThat(away).isNotEmpty();
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "-3", "99999999999999999999999"})
    void aDerivedRecordNeedsAVersion(String version) throws Exception {
        var vectors = vectorsOf("p");
        var pipeline = Pipeline.named("indexer")
                .from(VECTORS)
                .completes("product", "indexed")
                .handledBy(batch -> Collections.nCopies(batch.size(), Outcome.done()), RetryPolicy.ofDefaults());
        var run = new BatchRun<>(
                pipeline,
                reader(pipeline),
                new Emissions(pipeline, CODEC, new TopicNames("")),
                new Attempts<>(pipeline, () -> true, () -> 0));
        var bad = raw(VECTORS.name(), 0, bytes("p"), CODEC.encode(vectors), 0, version(version));
        var good = raw(VECTORS.name(), 0, bytes("p"), CODEC.encode(vectors), 1, version("5"));

        var verdicts = run.run(works(pipeline, List.of(bad, good)), 7);

        assertThat(codes(verdicts)).containsExactly(VERSION_MISSING);
        assertThat(verdicts.getLast()).isEqualTo(new Passed(List.of(), JobStatus.SUCCEEDED));
    }

    @Test
    void aRetryHasItsVersionInTheHeaderOnAnyPartition() throws Exception {
        var pipeline = pipeline(recording(Outcome.done()));
        var json = CODEC.encode(Records.product("p"));

        for (var partition = 0; partition < 3; partition++) {
            var message = raw(pipeline.retryTopic("retry-10s"), partition, bytes("p"), json, 99, version("5"));
            assertThat(run(pipeline, 3, List.of(message))).containsExactly(new Passed(List.of(), JobStatus.PROCESSING));
        }
        assertThat(seen)
                .hasSize(3)
                .containsOnly(new Received<>("p", Records.product("p"), 5, null, Turn.WAITED, WRITTEN_AT));
    }

    @Test
    void jobIdThatNoJobEventCouldCarryIsAsGoodAsNone() throws Exception {
        var json = CODEC.encode(Records.product("p"));

        run(
                recording(Outcome.done()),
                List.of(
                        raw(bytes("p"), json, 0, Map.of(Headers.JOB_ID, " ")),
                        raw(bytes("p"), json, 1, Map.of(Headers.JOB_ID, "x".repeat(256)))));

        assertThat(seen).extracting(Received::jobId).containsExactly(null, null);
    }

    @Test
    void emissionsCarryJobAndVersionOnTombstonesToo() throws Exception {
        var json = CODEC.encode(Records.product("p"));
        Map<String, String> job = Map.of(Headers.JOB_ID, "j-1");

        var verdicts = run(
                batch -> batch.stream()
                        .map(received -> received.isDelete()
                                ? Outcome.emitTombstone(VECTORS, received.key())
                                : Outcome.emit(VECTORS, vectorsOf(received.key())))
                        .toList(),
                List.of(raw(bytes("p"), json, 3, job), raw(bytes("p"), null, 4, job)));

        assertThat(emissions(verdicts)).hasSize(2).allSatisfy(message -> {
            assertThat(message.topic()).isEqualTo(VECTORS.name());
            assertThat(message.key()).isEqualTo(bytes("p"));
            assertThat(header(message, Headers.JOB_ID)).isEqualTo("j-1");
        });
        assertThat(emissions(verdicts))
                .extracting(message -> header(message, Headers.ENTITY_VERSION))
                .containsExactly(Long.toString(EntityVersion.of(1, 3)), Long.toString(EntityVersion.of(1, 4)));
        assertThat(emissions(verdicts).getLast().value()).isNull();
    }

    @Test
    void supersededIsWhatTheJobHears() throws Exception {
        assertThat(run(recording(Outcome.superseded()), List.of(saved("p", 0))))
                .containsExactly(new Passed(List.of(), JobStatus.SUPERSEDED));
    }

    @Test
    void whatIsMadeOfARecordThatWaitedSaysSoAndKeepsItsLetter() throws Exception {
        var pipeline = pipeline(batch -> List.of(
                Outcome.emit(VECTORS, vectorsOf("p")), Outcome.superseded(new Emission<>(VECTORS, "q", null, 9L))));
        var headers = Map.of(Headers.ENTITY_VERSION, "5", Headers.JOB_ID, "j-1", Headers.LETTER, "x.dlq/0-7");
        var retries = pipeline.retryTopic("retry-10s");

        var verdicts = run(
                pipeline,
                1,
                List.of(raw(retries, 0, bytes("p"), null, 0, headers), raw(retries, 0, bytes("q"), null, 1, headers)));

        assertThat(headers(emissions(verdicts).getFirst()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Headers.ENTITY_VERSION, "5",
                        Headers.JOB_ID, "j-1",
                        Headers.LETTER, "x.dlq/0-7",
                        Headers.OUT_OF_TURN, "true"));
        assertThat(headers(emissions(verdicts).getLast()))
                .as("an event about another version")
                .containsExactlyInAnyOrderEntriesOf(Map.of(Headers.ENTITY_VERSION, "9"));
        assertThat(((Passed) verdicts.getLast()).status()).isEqualTo(JobStatus.SUPERSEDED);
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> message) {
        var all = new HashMap<String, String>();
        message.headers().forEach(header -> all.put(header.key(), new String(header.value(), UTF_8)));
        return all;
    }

    @Test
    void everyPoisonRecordIsFoundAndNoOtherSuffers() throws Exception {
        var poison = Set.of("p-0", "p-7", "p-8", "p-19");

        var verdicts = run(
                batch -> {
                    if (batch.stream().map(Received::key).anyMatch(poison::contains)) {
                        throw new IllegalStateException("poison");
                    }
                    return Collections.nCopies(batch.size(), Outcome.done());
                },
                many(20));

        assertThat(IntStream.range(0, 20).filter(i -> verdicts.get(i) instanceof Failed))
                .containsExactly(0, 7, 8, 19);
        assertThat(codes(verdicts)).containsOnly(UNCLASSIFIED);
    }

    @Test
    void outcomesStayWithTheirRecordsThroughBisecting() throws Exception {
        var verdicts = run(
                batch -> {
                    if (batch.size() > 1) {
                        throw new IllegalStateException("one at a time, please");
                    }
                    return List.of(
                            Outcome.emit(VECTORS, vectorsOf(batch.getFirst().key())));
                },
                many(5));

        assertThat(emissions(verdicts))
                .extracting(message -> new String(message.key(), UTF_8))
                .containsExactly("p-0", "p-1", "p-2", "p-3", "p-4");
    }

    @Test
    void aDependencysFailureIsEverybodysAndIsNotBisected() throws Exception {
        var down = new Retryable(Code.STORE_DOWN, "no store", DEPENDENCY);

        var verdicts = run(
                pipeline(
                        batch -> {
                            batches.add(batch.size());
                            throw new IOException("refused");
                        },
                        thrown -> Optional.of(down)),
                1,
                many(6));

        assertThat(batches).containsExactly(6);
        assertThat(verdicts).hasSize(6).containsOnly(new Failed(down));
    }

    private static final Retryable OUTAGE = new Retryable(Code.STORE_DOWN, "no store", DEPENDENCY);
    private static final Fatal REJECTION = new Fatal(TOO_LARGE, "the store works, but fails on this record");

    /** Throws what may be the store's fault for these records; the other records pass. */
    private Pipeline<ProductSaved> failingOn(String... keys) {
        var poison = Set.of(keys);
        return pipeline(
                batch -> {
                    batches.add(batch.size());
                    if (batch.stream().map(Received::key).anyMatch(poison::contains)) {
                        throw new IOException("internal error");
                    }
                    return Collections.nCopies(batch.size(), Outcome.done());
                },
                thrown -> Optional.of(new Unclear(OUTAGE, REJECTION)));
    }

    @Test
    void aRecordThatFailsBetweenTwoProbesThatPassIsRejectedAndNoOtherSuffers() throws Exception {
        var verdicts = run(failingOn("p-0", "p-7", "p-8", "p-19"), 1, many(20));

        assertThat(IntStream.range(0, 20).filter(i -> verdicts.get(i).equals(new Failed(REJECTION))))
                .containsExactly(0, 7, 8, 19);
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(16);
    }

    @Test
    void anUnclearFailureIsAnOutageForAllWhenTheStoreFailsItsProbe() throws Exception {
        probes.next.add(false);

        var verdicts = run(failingOn("p-3"), 1, many(6));

        assertThat(batches).containsExactly(6);
        assertThat(verdicts).hasSize(6).containsOnly(new Failed(OUTAGE));
    }

    @Test
    void aStoreThatFailsTheSecondProbeIsBlamedAndTheRecordIsNot() throws Exception {
        probes.next.addAll(List.of(true, false));

        assertThat(run(failingOn("p-0"), 1, many(1))).containsExactly(new Failed(OUTAGE));
        assertThat(batches).as("tried once more").containsExactly(1, 1);
        assertThat(probes.count).isEqualTo(2);
    }

    @Test
    void aRecordThatPassesTheSecondTimeHasPassed() throws Exception {
        var flaky = pipeline(
                batch -> {
                    batches.add(batch.size());
                    if (batches.size() == 1) {
                        throw new IOException("once");
                    }
                    return List.of(Outcome.done());
                },
                thrown -> Optional.of(new Unclear(OUTAGE, REJECTION)));

        assertThat(run(flaky, 1, many(1))).singleElement().isInstanceOf(Passed.class);
    }

    /** The timeout of a store. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Hangs until the call's time is over when one of these is in the batch; the other records pass. */
    private Pipeline<ProductSaved> hangingOn(Failure failure, String... keys) {
        var poison = Set.of(keys);
        return pipeline(
                batch -> {
                    batches.add(batch.size());
                    if (batch.stream().map(Received::key).anyMatch(poison::contains)) {
                        now.addAndGet(CallLimit.orLess(TIMEOUT).toNanos());
                        throw new IOException("the deadline is over");
                    }
                    return Collections.nCopies(batch.size(), Outcome.done());
                },
                thrown -> Optional.of(failure));
    }

    @Test
    void aRecordThatHangsCostsTheOthersTwoShortTimesAndIsNotJudged() throws Exception {
        var verdicts = run(hangingOn(Unclear.of(OUTAGE, "the store works"), "p-13"), 1, many(20));

        assertThat(Duration.ofNanos(now.get())).isEqualTo(Patience.FIRST.multipliedBy(2));
        assertThat(verdicts.get(13)).isEqualTo(new Verdict.CutShort());
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(19);
    }

    @Test
    void aLargeBatchIsTakenApartInTwoSteps() throws Exception {
        var verdicts = run(hangingOn(Unclear.of(OUTAGE, "the store works"), "p-777"), 1, many(1_000));

        assertThat(Duration.ofNanos(now.get())).isEqualTo(Patience.FIRST.multipliedBy(3));
        assertThat(batches).hasSizeLessThan(70);
        assertThat(verdicts.get(777)).isEqualTo(new Verdict.CutShort());
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(999);
    }

    @Test
    void laterRecordsOfItsKeyAreNotTriedBeforeIt() throws Exception {
        var messages = new ArrayList<>(many(3));
        messages.add(saved("p-1", 3));

        var verdicts = run(hangingOn(Unclear.of(OUTAGE, "the store works"), "p-1"), 1, messages);

        assertThat(Duration.ofNanos(now.get())).isEqualTo(Patience.FIRST.multipliedBy(2));
        assertThat(verdicts).filteredOn(new Verdict.CutShort()::equals).hasSize(2);
    }

    @Test
    void aRecordInDoubtHasMoreTimeAloneAndIsJudgedThen() throws Exception {
        var pipeline = hangingOn(Unclear.of(OUTAGE, "the store works"), "p-0");

        var verdicts = batchRun(pipeline).run(inDoubt(pipeline, many(1)), 1);

        assertThat(codes(verdicts)).containsExactly(UNCLASSIFIED);
        assertThat(verdicts)
                .singleElement()
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.isSlow()).isTrue());
        assertThat(Duration.ofNanos(now.get())).isEqualTo(Patience.ALONE);
        assertThat(batches).containsExactly(1);
        assertThat(probes.count).isEqualTo(1);
    }

    @Test
    void severalRecordsInDoubtAreNotJudgedTogether() throws Exception {
        var pipeline = hangingOn(Unclear.of(OUTAGE, "the store works"), "p-1");

        var verdicts = batchRun(pipeline).run(inDoubt(pipeline, many(4)), 1);

        assertThat(verdicts.get(1)).isEqualTo(new Verdict.CutShort());
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(3);
    }

    @Test
    void aStoreThatFailsItsProbeIsBlamedForARecordThatHangs() throws Exception {
        probes.next.add(false);

        assertThat(run(hangingOn(Unclear.of(OUTAGE, "the store works"), "p-0"), 1, many(1)))
                .containsExactly(new Failed(OUTAGE));
    }

    @Test
    void aRecordThatIsRejectedAfterLongTakesItTwiceOnly() throws Exception {
        var verdicts = run(hangingOn(new Unclear(OUTAGE, REJECTION), "p-13"), 1, many(20));

        assertThat(Duration.ofNanos(now.get())).isEqualTo(Patience.FIRST.multipliedBy(2));
        assertThat(verdicts.get(13)).isEqualTo(new Failed(REJECTION));
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(19);
    }

    @Test
    void whenEveryRecordHangsMostOfThemWait() throws Exception {
        var keys = IntStream.range(0, 20).mapToObj(i -> "p-" + i).toArray(String[]::new);

        var verdicts = run(hangingOn(new Unclear(OUTAGE, REJECTION), keys), 1, many(20));

        assertThat(Duration.ofNanos(now.get())).isEqualTo(Patience.FIRST.multipliedBy(4));
        assertThat(verdicts).filteredOn(new Failed(REJECTION)::equals).hasSize(3);
        assertThat(verdicts).filteredOn(new Failed(OUTAGE)::equals).hasSize(17);
    }

    @Test
    void aStoreThatIsSlowForWholeBatchesGetsMoreTime() throws Exception {
        var slow = Duration.ofSeconds(7);
        var pipeline = pipeline(
                batch -> {
                    batches.add(batch.size());
                    var needed = batch.size() == 1 ? Duration.ofMillis(10) : slow;
                    var limit = CallLimit.orLess(TIMEOUT);
                    now.addAndGet((needed.compareTo(limit) < 0 ? needed : limit).toNanos());
                    if (needed.compareTo(limit) > 0) {
                        throw new IOException("the deadline is over");
                    }
                    return Collections.nCopies(batch.size(), Outcome.done());
                },
                thrown -> Optional.of(Unclear.of(OUTAGE, "the store works")));
        var run = batchRun(pipeline);

        for (var batch = 0; batch < 20; batch++) {
            assertThat(run.run(works(pipeline, many(4)), 1)).allMatch(Passed.class::isInstance);
        }

        assertThat(batches).filteredOn(size -> size == 4).hasSize(20);
        assertThat(batches)
                .filteredOn(size -> size == 1)
                .as("two batches taken apart")
                .hasSize(8);
    }

    @Test
    void aHandlerOfOneRecordAtATimeHasTheTimeoutsOfItsStores() throws Exception {
        var pipeline = Records.builder()
                .inBatchesOf(1)
                .handledBy(
                        batch -> {
                            assertThat(CallLimit.orLess(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
                            return List.of(Outcome.done());
                        },
                        RetryPolicy.ofDefaults());

        assertThat(run(pipeline, 1, many(1))).singleElement().isInstanceOf(Passed.class);
    }

    @Test
    void anErrorOfTheVirtualMachineIsAFailureOfItsRecord() throws Exception {
        var verdicts = run(
                batch -> {
                    if (batch.stream().anyMatch(received -> received.key().equals("p-1"))) {
                        throw new StackOverflowError();
                    }
                    return Collections.nCopies(batch.size(), Outcome.done());
                },
                many(3));

        assertThat(codes(verdicts)).containsExactly(UNCLASSIFIED);
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(2);
    }

    @Test
    void anUnclearOutcomeOfOneRecordIsClearedToo() throws Exception {
        var verdicts = run(
                batch -> batch.stream()
                        .map(received -> received.key().equals("p-1")
                                ? Outcome.failed(new Unclear(OUTAGE, REJECTION))
                                : Outcome.done())
                        .toList(),
                many(3));

        assertThat(verdicts.get(1)).isEqualTo(new Failed(REJECTION));
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(2);
    }

    @Test
    void aFatalFailureOfABatchIsBisected() throws Exception {
        var fatal = new Fatal(TOO_LARGE, "too large");

        var verdicts = run(
                pipeline(
                        batch -> {
                            batches.add(batch.size());
                            if (batch.stream().map(Received::key).anyMatch("p-2"::equals)) {
                                throw new IllegalStateException();
                            }
                            return Collections.nCopies(batch.size(), Outcome.done());
                        },
                        thrown -> Optional.of(fatal)),
                1,
                many(4));

        assertThat(batches).containsExactly(4, 2, 2, 1, 1);
        assertThat(verdicts.get(2)).isEqualTo(new Failed(fatal));
        assertThat(verdicts).filteredOn(Passed.class::isInstance).hasSize(3);
    }

    @Test
    void whatCannotBeWrittenAsJsonIsFatal() throws Exception {
        var topic = new Topic<>("secrets.v1", Secret.class, new Topic.Cleanup.Compact(), Topic.Role.DERIVED);
        var pipeline = Records.builder()
                .emits(topic)
                .handledBy(
                        batch -> List.of(Outcome.emit(topic, new Secret("p", new Object()))), RetryPolicy.ofDefaults());

        var verdicts = run(pipeline, 1, List.of(saved("p", 0)));

        assertThat(codes(verdicts)).containsExactly(UNENCODABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aHandlerWithTheWrongNumberOfOutcomesStopsThePipeline(int outcomes) {
        assertThatThrownBy(() -> run(
                        batch -> Collections.nCopies(outcomes, Outcome.done()), List.of(saved("p", 0), saved("q", 1))))
                .isInstanceOf(HandlerContractException.class)
                .hasMessageContaining("gave " + outcomes + " outcomes for 2 records");
    }

    @Test
    void aHandlerThatEmitsToATopicItDidNotNameStopsThePipeline() {
        var elsewhere = Topics.productVectors("other-9");

        assertThatThrownBy(() -> run(recording(Outcome.emit(elsewhere, vectorsOf("p"))), List.of(saved("p", 0))))
                .isInstanceOf(HandlerContractException.class)
                .hasMessageContaining(elsewhere.name());
    }

    @Test
    void aWantOfMemoryEndsTheThread() {
        assertThatThrownBy(() -> run(
                        batch -> {
                            throw new OutOfMemoryError("test");
                        },
                        many(4)))
                .isInstanceOf(OutOfMemoryError.class);
    }

    /** @param content has no form in JSON */
    private record Secret(String key, Object content) implements EntityEvent {}

    private enum Code implements FailureCode {
        STORE_DOWN
    }

    private BatchHandler<ProductSaved> recording(Outcome outcome) {
        return batch -> {
            seen.addAll(batch);
            return Collections.nCopies(batch.size(), outcome);
        };
    }

    private List<Verdict> run(BatchHandler<ProductSaved> handler, List<ConsumerRecord<byte[], byte[]>> messages)
            throws InterruptedException {
        return run(pipeline(handler), 1, messages);
    }

    private List<Verdict> run(
            BatchHandler<ProductSaved> handler, int partitions, List<ConsumerRecord<byte[], byte[]>> messages)
            throws InterruptedException {
        return run(pipeline(handler), partitions, messages);
    }

    private List<Verdict> run(
            Pipeline<ProductSaved> pipeline, int partitions, List<ConsumerRecord<byte[], byte[]>> messages)
            throws InterruptedException {
        return batchRun(pipeline).run(works(pipeline, messages), partitions);
    }

    private BatchRun<ProductSaved> batchRun(Pipeline<ProductSaved> pipeline) {
        return new BatchRun<>(
                pipeline,
                reader(pipeline),
                new Emissions(pipeline, CODEC, new TopicNames("")),
                new Attempts<>(pipeline, probes::pass, now::get));
    }

    private static List<Work> inDoubt(Pipeline<?> pipeline, List<ConsumerRecord<byte[], byte[]>> messages) {
        var works = works(pipeline, messages);
        works.forEach(Work::putInDoubt);
        return works;
    }

    private static <E extends Event> RecordReader<E> reader(Pipeline<E> pipeline) {
        return new RecordReader<>(pipeline.source(), pipeline.source().name(), CODEC, 1);
    }

    private static List<Work> works(Pipeline<?> pipeline, List<ConsumerRecord<byte[], byte[]>> messages) {
        var reader = reader(pipeline);
        return messages.stream()
                .map(message -> new Work(message, reader.envelope(message)))
                .toList();
    }

    private Verdict verdictOf(ConsumerRecord<byte[], byte[]> message, int partitions) {
        try {
            return run(recording(Outcome.done()), partitions, List.of(message)).getFirst();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> saved("p-" + i, i)).toList();
    }

    private static ProductVectors vectorsOf(String id) {
        return new ProductVectors(Records.product(id), "m", Map.of("text", 1), Map.of("text", Embedding.of(1)));
    }

    private static Map<String, String> version(String version) {
        return version.isEmpty() ? Map.of() : Map.of(Headers.ENTITY_VERSION, version);
    }

    private static List<FailureCode> codes(List<Verdict> verdicts) {
        return verdicts.stream()
                .flatMap(verdict ->
                        verdict instanceof Failed(var failure, var _) ? Stream.of(failure) : Stream.<Failure>of())
                .map(Failure::code)
                .toList();
    }

    private static List<ProducerRecord<byte[], byte[]>> emissions(List<Verdict> verdicts) {
        return verdicts.stream()
                .flatMap(verdict -> ((Passed) verdict).emissions().stream())
                .toList();
    }

    private static String header(ProducerRecord<byte[], byte[]> message, String name) {
        return new String(
                Objects.requireNonNull(message.headers().lastHeader(name), name).value(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
