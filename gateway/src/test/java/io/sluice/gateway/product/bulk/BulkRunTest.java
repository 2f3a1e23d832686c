package io.sluice.gateway.product.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.WebProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkRunTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<CompletableFuture<BulkAnswer>> taken = new ConcurrentLinkedQueue<>();

    private Future<?> reading = CompletableFuture.completedFuture(null);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void answersInOrderForAnyOrderOfCompletion() throws IOException {
        var answers = run(body(3), new AnswerStream(1_000, Duration.ofSeconds(30)), this::hold);
        await().until(() -> taken.size() == 3);

        var all = taken.toArray(CompletableFuture<?>[]::new);
        complete(all[2], 3);
        complete(all[0], 1);
        assertThat(answers.readNBytes(2)).asString(UTF_8).isEqualTo("1\n");
        complete(all[1], 2);
        assertThat(answers.readAllBytes()).asString(UTF_8).isEqualTo("2\n3\n");
    }

    @Test
    void readsNoMoreItemsThanMayBeInFlight() throws IOException {
        var most = BulkRun.ROOM / BulkRun.LEAST_SHARE;
        var answers = run(body(2 * most), new AnswerStream(1 << 20, Duration.ofSeconds(30)), this::hold);

        await().until(() -> taken.size() == most);
        complete(taken.peek(), 1);
        await().until(() -> taken.size() == most + 1);
        await().during(Duration.ofMillis(50)).until(() -> taken.size() == most + 1);
        answers.close();
    }

    @Test
    void keepsAnswersForAClientThatReadsAfterSending() throws IOException {
        var answers = run(body(5_000), new AnswerStream(1 << 20, Duration.ofSeconds(30)), this::accept);

        await().until(() -> taken.size() == 5_000);
        assertThat(new String(answers.readAllBytes(), UTF_8).lines()).hasSize(5_000);
    }

    @Test
    void namesTheFirstUnreadItemToAClientThatNeverReads() throws IOException {
        var answers = run(body(100_000), new AnswerStream(1_000, Duration.ofMillis(50)), this::accept);

        await().until(answers::isGivenUp);
        var lines = new String(answers.readAllBytes(), UTF_8).lines().toList();
        assertThat(lines).hasSizeBetween(200, 1_500);
        // every accepted item has an answer, and the last line says that the other items were not read
        assertThat(lines).hasSize(taken.size() + 1);
        assertThat(lines.getLast())
                .startsWith(taken.size() + 1 + " TOO_BUSY Nothing from here on was read")
                .contains("Read the answer while you send");
    }

    @Test
    void stopsAcceptingItemsWhenTheClientDisconnects() throws Exception {
        var answers = run(body(100_000), new AnswerStream(1_000, Duration.ofSeconds(30)), this::accept);
        await().until(() -> !taken.isEmpty());

        answers.close();
        reading.get();
        assertThat(taken).hasSizeLessThan(100_000);
    }

    @Test
    void endsWhenKafkaStoresNoItemInsteadOfWaitingForEach() throws IOException {
        var answers = run(body(100_000), new AnswerStream(1 << 20, Duration.ofSeconds(30)), item -> {
            taken.add(new CompletableFuture<>());
            return CompletableFuture.completedFuture(item.line() % 2 == 0 ? invalid(item) : kafkaIsAway(item));
        });

        var lines = new String(answers.readAllBytes(), UTF_8).lines().toList();
        // every accepted item has an answer, and one last line answers for the other items
        assertThat(lines).hasSize(taken.size() + 1).hasSizeLessThan(100_000);
        assertThat(lines.getLast())
                .startsWith(taken.size() + 1 + " KAFKA_UNAVAILABLE Nothing from here on was read")
                .endsWith("retryable");
    }

    @Test
    void continuesWhenKafkaStoresOnlySomeItems() throws IOException {
        var answers = run(
                body(2_000),
                new AnswerStream(1 << 20, Duration.ofSeconds(30)),
                item -> item.line() % BulkRun.REFUSALS == 0
                        ? accept(item)
                        : CompletableFuture.completedFuture(kafkaIsAway(item)));

        assertThat(new String(answers.readAllBytes(), UTF_8).lines())
                .hasSize(2_000)
                .noneMatch(line -> line.contains("Nothing from here on"));
    }

    @Test
    void namesTheFirstItemThatABrokenBodyLacks() throws IOException {
        var answers = run(breakingOffAfter("{}\n{}\n", new IOException("reset")), this::accept);

        assertThat(answers.readAllBytes())
                .asString(UTF_8)
                .isEqualTo("1\n2\n3 MALFORMED_BODY Nothing from here on was read: the body ended too early.\n");
    }

    @Test
    void reportsADefectWhileReadingTheBody() throws IOException {
        var answers = run(breakingOffAfter("{}\n", new IllegalStateException("defect")), this::accept);

        assertThat(answers.readAllBytes())
                .asString(UTF_8)
                .isEqualTo("1\n2 INTERNAL_ERROR Nothing from here on was read: internal error.\n");
    }

    @Test
    void breaksTheAnswerOffWhenItCannotBeWrittenAndStopsReading() throws Exception {
        var answers = run(body(100_000), new AnswerStream(1_000, Duration.ofSeconds(30)), item -> {
            taken.add(new CompletableFuture<>());
            return CompletableFuture.failedFuture(new IllegalStateException("defect"));
        });

        assertThatThrownBy(answers::readAllBytes).isInstanceOf(IOException.class);
        reading.get();
        assertThat(taken).hasSizeLessThan(100_000);
    }

    private static BulkAnswer kafkaIsAway(Item item) {
        return BulkAnswer.rejected(item.line(), "p", Problem.of(GatewayProblem.KAFKA_UNAVAILABLE, "away"));
    }

    private static BulkAnswer invalid(Item item) {
        return BulkAnswer.rejected(item.line(), "p", Problem.of(WebProblem.VALIDATION_FAILED, "wrong"));
    }

    private static InputStream breakingOffAfter(String body, Exception how) {
        return new SequenceInputStream(new ByteArrayInputStream(body.getBytes(UTF_8)), new InputStream() {
            @Override
            public int read() throws IOException {
                if (how instanceof IOException lineCut) {
                    throw lineCut;
                }
                throw (RuntimeException) how;
            }

            /**
             * Overridden, because {@link InputStream} reports only an exception that the first byte of a read throws.
             */
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        });
    }

    private AnswerStream run(String body, AnswerStream answers, Function<Item, CompletableFuture<BulkAnswer>> intake) {
        return run(new ByteArrayInputStream(body.getBytes(UTF_8)), answers, intake);
    }

    private AnswerStream run(InputStream body, Function<Item, CompletableFuture<BulkAnswer>> intake) {
        return run(body, new AnswerStream(1 << 20, Duration.ofSeconds(30)), intake);
    }

    private AnswerStream run(
            InputStream body, AnswerStream answers, Function<Item, CompletableFuture<BulkAnswer>> intake) {
        var items = new NdjsonReader(new BodyBytes(body, 100, Duration.ofSeconds(30)));
        var run = new BulkRun(items, intake, BulkRunTest::line, answers);
        reading = threads.submit(() -> {
            run.acceptItems(items.next());
            return null;
        });
        threads.execute(run::answer);
        return answers;
    }

    private CompletableFuture<BulkAnswer> hold(Item item) {
        var answer = new CompletableFuture<BulkAnswer>();
        taken.add(answer);
        return answer;
    }

    private CompletableFuture<BulkAnswer> accept(Item item) {
        var answer = CompletableFuture.completedFuture(BulkAnswer.queued(item.line(), "p", "j", List.of()));
        taken.add(answer);
        return answer;
    }

    @SuppressWarnings("unchecked") // made by hold()
    private static void complete(CompletableFuture<?> answer, long line) {
        ((CompletableFuture<BulkAnswer>) answer).complete(BulkAnswer.queued(line, "p", "j", List.of()));
    }

    private static byte[] line(BulkAnswer answer) {
        var error = answer.error();
        var what = error == null
                ? ""
                : " " + error.code() + " " + error.message() + (error.retryable() ? " retryable" : "");
        return (answer.line() + what + "\n").getBytes(UTF_8);
    }

    private static String body(int items) {
        return "{}\n".repeat(items);
    }
}
