package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.deadletters.DeadLetterFilter;
import io.sluice.local.process.SluiceProcess;
import io.sluice.schemas.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does about dead letters at the command line, beside {@code ./sluice up}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterDeskIT {
    private static final String TOPIC = "products.v1.embedder.dlq";
    private static final int LONGEST_DESCRIPTION = 20_000;

    private UpFolder folder;
    private SluiceProcess up;
    private SluiceClient sluice;
    private Terminal operator;

    @BeforeAll
    void start(@TempDir Path temporary) throws InterruptedException {
        folder = new UpFolder(temporary);
        up = folder.start();
        sluice = folder.client();
        operator = new Terminal(folder.data(), temporary.resolve("config"));
    }

    @AfterAll
    void stop() throws InterruptedException {
        sluice.close();
        up.terminate();
        up.close();
    }

    @Test
    void aProductWithTooLongADescriptionIsFoundCorrectedAndSearchable() {
        // Given a product that upstream wrote straight to the topic
        send(product("too-long", "x".repeat(LONGEST_DESCRIPTION + 1)));
        // When the operator finds it
        var id = awaitLetter("too-long");
        assertThat(operator.run("dead-letters", "list").ok())
                .contains(TOPIC + "  embedder  INVALID_EVENT", "key too-long", "description");
        assertThat(operator.run("dead-letters", "show", TOPIC, id).ok())
                .contains("state    open", "why      INVALID_EVENT: ", "\"product_id\" : \"too-long\"");
        // And corrects it, at first not well enough
        var wrong = operator.runWith(
                product("too-long", "y".repeat(LONGEST_DESCRIPTION + 1)),
                "dead-letters",
                "edit",
                TOPIC,
                id,
                "--file",
                "-");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).startsWith("✗ description ");
        assertThat(wrong.err()).contains("HTTP 422, VALIDATION_FAILED");
        operator.runWith(
                        product("too-long", "A kettle of copper"),
                        "dead-letters",
                        "edit",
                        TOPIC,
                        id,
                        "--file",
                        "-",
                        "--wait")
                .ok();
        // Then it is searchable, and its letter is mended
        assertThat(operator.run("search", "a copper kettle").ok()).contains("too-long");
        patiently()
                .untilAsserted(() -> assertThat(
                                operator.run("dead-letters", "show", TOPIC, id).ok())
                        .contains("state    mended", "admin  edited", "  mended"));
        // And sending it back again is refused with the reason
        var again = operator.run("dead-letters", "redrive", TOPIC, id);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("HTTP 409, DEAD_LETTER_MENDED", "has passed");
    }

    @Test
    void aDiscardedLetterKeepsTheReasonAndIsNotSentBack() {
        send(product("to-discard", " "));
        var id = awaitLetter("to-discard");

        assertThat(operator.run("dead-letters", "discard", TOPIC, id, "--reason", "a test of the shop")
                        .ok())
                .isEqualTo(id + ": discarded");

        assertThat(operator.run("dead-letters", "show", TOPIC, id).ok())
                .contains("state    discarded", "admin  discarded: a test of the shop");
        assertThat(operator.run("dead-letters", "list", TOPIC, "--key", "to-discard")
                        .ok())
                .contains("no such letter");
        assertThat(operator.run("dead-letters", "redrive", TOPIC, id).err())
                .contains("DEAD_LETTER_DISCARDED", "a test of the shop");
        assertThat(operator.run("dead-letters", "export", TOPIC, "--key", "to-discard")
                        .ok())
                .contains("\"state\":\"discarded\"", "\"product_id\":\"to-discard\"")
                .hasLineCount(1);
    }

    @Test
    void aRedriveOfManyLettersIsStopped() throws Exception {
        send(IntStream.range(0, 20)
                .mapToObj(number -> "{\"product_id\":\"undecodable-%d\",\"name\":[]}".formatted(number))
                .collect(Collectors.joining("\n")));
        patiently()
                .untilAsserted(() -> assertThat(
                                operator.run("dead-letters", "redrive", TOPIC, "--code", "UNDECODABLE", "--dry-run")
                                        .ok())
                        .isEqualTo("20 letters would be sent back."));

        var redrive = sluice.deadLetters()
                .redriveAll(TOPIC, new DeadLetterFilter("UNDECODABLE", "", ""), OptionalInt.of(1))
                .orElseThrow();
        patiently()
                .until(() -> sluice.jobs().find(redrive.jobId()).orElseThrow().count("sent") > 0);
        assertThat(operator.run("jobs", redrive.jobId(), "--cancel").ok()).endsWith(" canceled");

        patiently()
                .untilAsserted(() -> assertThat(sluice.jobs()
                                .find(redrive.jobId())
                                .orElseThrow()
                                .status())
                        .isEqualTo(JobStatus.CANCELED));
        // records that failed again are open again, so all letters are there for the next redrive
        patiently()
                .untilAsserted(() -> assertThat(
                                operator.run("dead-letters", "redrive", TOPIC, "--code", "UNDECODABLE", "--dry-run")
                                        .ok())
                        .isEqualTo("20 letters would be sent back."));
        var all = operator.run("dead-letters", "redrive", TOPIC, "--code", "UNDECODABLE", "--rate", "500");
        assertThat(all.ok()).contains("20 of 20 letters sent back");
    }

    private void send(String lines) {
        operator.runWith(lines, "topics", "send", "products.v1").ok();
    }

    /** {@return the id of the open letter with this key} */
    private String awaitLetter(String key) {
        var found = new String[1];
        patiently().untilAsserted(() -> {
            found[0] = operator.run("dead-letters", "list", TOPIC, "--key", key).ok();
            assertThat(found[0]).contains("  key " + key);
        });
        return found[0].replaceFirst(" .*", "");
    }

    private static String product(String id, String description) {
        return "{\"product_id\":\"%s\",\"name\":\"Kettle\",\"description\":\"%s\"}".formatted(id, description);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(500));
    }
}
