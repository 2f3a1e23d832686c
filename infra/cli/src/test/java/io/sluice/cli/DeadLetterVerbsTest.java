package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterVerbsTest {
    private static final String ALL = "/api/v1/admin/dead-letters";
    private static final String TOPIC = "products.v1.embedder.dlq";
    private static final String OF_TOPIC = ALL + "/" + TOPIC;
    private static final String LETTER = """
            {"id":"0-7","key":"p-1","code":"INVALID_EVENT","message":"name must not be blank","attempts":1,
             "failed_at":"2026-11-27T21:00:00.123Z","redrives":0,"state":"open"}""";
    private static final String WHOLE = """
            {"id":"0-7","key":"p-1","code":"INVALID_EVENT","message":"name must not be blank","attempts":1,
             "failed_at":"2026-11-27T21:00:00.123Z","redrives":2,"state":"open","job_id":"j",
             "about":["The record was read from products.v1."],
             "headers":{"x-orig-topic":"products.v1"},"value":{"product_id":"p-1","name":""},
             "history":[{"at":"2026-11-27T21:00:00Z","who":"embedder","what":"failed","detail":"INVALID_EVENT"},
                        {"at":"2026-11-27T21:05:00Z","who":"ann","what":"redriven"}]}""";
    private static final String SENT = "{\"job_id\":\"j2\"}";

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    @TempDir
    private Path folder;

    @Test
    void listCountsTheOpenLettersOfEachTopicAndCode() {
        gateway.answering(ALL, 200, """
                {"groups":[
                  {"topic":"products.v1.embedder.dlq","pipeline":"embedder","code":"INVALID_EVENT","open":1200,
                   "redriven":1,"mended":2,"discarded":3,"oldest":"2026-11-27T01:00:00.5Z",
                   "newest":"2026-11-27T05:00:00Z","last_hour":300,"sample":%s},
                  {"topic":"imports.v1.importer.dlq","pipeline":"importer","code":"UNDECODABLE","open":0,"mended":1,
                   "oldest":"2026-11-20T01:00:00Z","newest":"2026-11-20T05:00:00Z","sample":{"id":"0-1"}}],
                 "open":1200}""".formatted(LETTER));

        assertThat(shell.run("dead-letters", "list")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "products.v1.embedder.dlq  embedder  INVALID_EVENT",
                        "  1,200 open, 1 redriven, 2 mended, 3 discarded, 0 expired",
                        "  from 2026-11-27T01:00:00Z to 2026-11-27T05:00:00Z, 300 within the last hour",
                        "  such as 0-7  key p-1: name must not be blank");

        assertThat(shell.run("dead-letters", "list", "--state", "all")).isZero();
        assertThat(shell.out()).contains("imports.v1.importer.dlq", "none within the last hour", "such as 0-1\n");

        assertThat(shell.run("dead-letters", "list", "--state", "expired")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("No dead letter is expired.");
    }

    @Test
    void listShowsTheOpenLettersOfATopicPageByPage() {
        gateway.answering(OF_TOPIC, 200, "{\"letters\":[" + LETTER + "],\"next\":\"0-7\"}")
                .answering(OF_TOPIC, 200, "{\"letters\":[" + LETTER.replace("0-7", "0-5") + "],\"next\":\"0-5\"}");

        assertThat(shell.run("dead-letters", "list", TOPIC, "--limit", "2", "--code", "INVALID_EVENT", "--key", "p-1"))
                .isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "0-7         open       2026-11-27T21:00:00Z  INVALID_EVENT  key p-1: name must not be blank",
                        "0-5         open       2026-11-27T21:00:00Z  INVALID_EVENT  key p-1: name must not be blank");
        assertThat(shell.err()).contains("There are more");
        assertThat(gateway.calls())
                .containsExactly(
                        "GET " + OF_TOPIC + "?code=INVALID_EVENT&key=p-1&state=open&limit=2",
                        "GET " + OF_TOPIC + "?code=INVALID_EVENT&key=p-1&state=open&before=0-7&limit=1");
    }

    @Test
    void listTakesATimeAgo() {
        gateway.answering(OF_TOPIC, 200, "{\"letters\":[]}");
        var before = Instant.now();

        assertThat(shell.run("dead-letters", "list", TOPIC, "--since", "2h", "--state", "all"))
                .isZero();
        assertThat(shell.out()).contains("There is no such letter");
        var since = gateway.calls()
                .getFirst()
                .replaceFirst(".*since=([^&]*).*", "$1")
                .replace("%3A", ":");
        assertThat(Instant.parse(since))
                .isBetween(before.minus(Duration.ofHours(2)), Instant.now().minus(Duration.ofHours(2)));

        assertThat(shell.run("dead-letters", "list", TOPIC, "--since", "2026-11-27"))
                .isZero();
        assertThat(gateway.calls().getLast()).contains("since=2026-11-27T00%3A00%3A00Z&state=open");
        assertThat(shell.run("dead-letters", "list", TOPIC, "--since", "yesterday"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--since is a time such as 30m", "not 'yesterday'");
        assertThat(shell.run("dead-letters", "list", "--since", "2h")).isEqualTo(2);
    }

    @Test
    void showPrintsWhatIsKnownOfALetter() {
        gateway.answering(OF_TOPIC + "/0-7", 200, WHOLE);

        assertThat(shell.run("dead-letters", "show", TOPIC, "0-7")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "letter   0-7 of products.v1.embedder.dlq",
                        "state    open, sent back 2 times",
                        "failed   2026-11-27T21:00:00Z, tried once",
                        "why      INVALID_EVENT: name must not be blank",
                        "key      p-1",
                        "job      j",
                        "  The record was read from products.v1.",
                        "header   x-orig-topic: products.v1",
                        "value",
                        "{",
                        "  \"product_id\" : \"p-1\",",
                        "  \"name\" : \"\"",
                        "}",
                        "history",
                        "  2026-11-27T21:00:00Z  embedder  failed: INVALID_EVENT",
                        "  2026-11-27T21:05:00Z  ann  redriven");
    }

    @Test
    void showPrintsAValueThatIsNotJson() {
        gateway.answering(
                OF_TOPIC + "/0-7", 200, "{\"id\":\"0-7\",\"value_base64\":\"/wA=\",\"text\":\"\ufffd\\u0000\"}");

        assertThat(shell.run("dead-letters", "show", TOPIC, "0-7")).isZero();
        assertThat(shell.out()).contains("not JSON", "  \ufffd\\u0000", "  /wA=");
    }

    @Test
    void showSaysWhyThereIsNoValue() {
        gateway.answering(OF_TOPIC + "/0-7", 200, "{\"id\":\"0-7\",\"gone\":\"The record is gone.\"}")
                .answering(OF_TOPIC + "/0-8", 200, "{\"id\":\"0-8\",\"value\":null}");

        assertThat(shell.run("dead-letters", "show", TOPIC, "0-7")).isZero();
        assertThat(shell.out()).contains("value    The record is gone.");
        assertThat(shell.run("dead-letters", "show", TOPIC, "0-8")).isZero();
        assertThat(shell.out()).contains("value    none: the record deletes its key");
    }

    @Test
    void redriveSendsOneLetterBack() {
        gateway.answering(OF_TOPIC + "/0-7/redrive", 202, SENT);

        assertThat(shell.run("dead-letters", "redrive", TOPIC, "0-7")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("0-7: sent back, job j2");
        assertThat(shell.err()).contains("./sluice jobs j2 --watch");
        assertThat(shell.run("dead-letters", "redrive", TOPIC, "0-7", "--force"))
                .isZero();
        assertThat(gateway.calls())
                .containsExactly(
                        "POST " + OF_TOPIC + "/0-7/redrive {}", "POST " + OF_TOPIC + "/0-7/redrive {\"force\":true}");
    }

    @Test
    void redriveWaitsForTheJobAndFailsWithIt() {
        gateway.answering(OF_TOPIC + "/0-7/redrive", 202, SENT)
                .answering("/api/v1/jobs/j2", 200, "{\"job_id\":\"j2\",\"status\":\"processing\"}")
                .answering(
                        "/api/v1/jobs/j2",
                        200,
                        "{\"job_id\":\"j2\",\"status\":\"dead\",\"error\":{\"code\":\"BAD\",\"message\":\"no\"}}");

        assertThat(shell.run("dead-letters", "redrive", TOPIC, "0-7", "--wait")).isEqualTo(1);
        assertThat(shell.out()).isEqualToIgnoringNewLines("0-7: job j2 dead: BAD: no");
    }

    @Test
    void redriveSaysWhyTheGatewayRefuses() {
        gateway.answering(
                OF_TOPIC + "/0-7/redrive", 409, "{\"code\":\"LETTER_MENDED\",\"title\":\"Mended\",\"detail\":\"d\"}");

        assertThat(shell.run("dead-letters", "redrive", TOPIC, "0-7")).isEqualTo(1);
        assertThat(shell.err()).contains("HTTP 409, LETTER_MENDED, Mended, d").hasLineCount(1);
    }

    @Test
    void redriveCountsWhatItWouldSend() {
        gateway.answering(OF_TOPIC + "/redrive", 200, "{\"matched\":1234}");

        assertThat(shell.run("dead-letters", "redrive", TOPIC, "--code", "INVALID_EVENT", "--dry-run"))
                .isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("1,234 letters would be sent back.");
        assertThat(gateway.calls())
                .containsExactly("POST " + OF_TOPIC + "/redrive {\"code\":\"INVALID_EVENT\",\"dry_run\":true}");
    }

    @Test
    void redriveFollowsTheJobOfManyLetters() {
        gateway.answering(OF_TOPIC + "/redrive", 202, "{\"redrive_id\":\"r\",\"job_id\":\"r\",\"matched\":40}")
                .answering(
                        "/api/v1/jobs/r", 200, "{\"job_id\":\"r\",\"status\":\"processing\",\"counts\":{\"sent\":9}}")
                .answering(
                        "/api/v1/jobs/r",
                        200,
                        "{\"job_id\":\"r\",\"status\":\"succeeded\",\"counts\":{\"sent\":38,\"skipped\":2}}");

        assertThat(shell.run("dead-letters", "redrive", TOPIC, "--all", "--rate", "500"))
                .isEqualTo(3);
        assertThat(shell.err()).contains("job r: 40 letters");
        assertThat(shell.out())
                .containsPattern("38 of 40 letters sent back in .* s \\(.*/s\\); 2 left out: sent back too often");
        assertThat(gateway.calls().getFirst()).isEqualTo("POST " + OF_TOPIC + "/redrive {\"rate\":500}");
    }

    @Test
    void aRedriveThatIsStoppedFails() {
        gateway.answering(OF_TOPIC + "/redrive", 202, "{\"redrive_id\":\"r\",\"job_id\":\"r\",\"matched\":40}")
                .answering("/api/v1/jobs/r", 200, "{\"job_id\":\"r\",\"status\":\"canceled\",\"counts\":{\"sent\":9}}");

        assertThat(shell.run("dead-letters", "redrive", TOPIC, "--all")).isEqualTo(1);
        assertThat(shell.out()).contains("9 of 40 letters sent back", "job r canceled");
    }

    @Test
    void redriveAsksForALetterOrForAll() {
        assertThat(shell.run("dead-letters", "redrive", TOPIC)).isEqualTo(2);
        assertThat(shell.err()).contains("--all");
        assertThat(shell.run("dead-letters", "redrive", TOPIC, "")).isEqualTo(2);
        assertThat(shell.err()).contains("The ID is empty");
        assertThat(gateway.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0-7 --dry-run", "0-7 --all", "0-7 --code X", "0-7 --rate 1", "--force", "--wait", "--rate 0"})
    void redriveRefusesOptionsThatDoNotGoTogether(String options) {
        assertThat(shell.run(("dead-letters redrive " + TOPIC + " " + options).split(" ")))
                .isEqualTo(2);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void editSendsAFile() throws IOException {
        gateway.answering(OF_TOPIC + "/0-7/redrive", 202, SENT);
        var file = Files.writeString(folder.resolve("p.json"), "{\"product_id\":\"p-1\",\"price\":1.10}");

        assertThat(shell.run("dead-letters", "edit", TOPIC, "0-7", "--file", file.toString()))
                .isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("0-7: sent back, job j2");
        assertThat(shell.runWith("{}", "dead-letters", "edit", TOPIC, "0-7", "--file", "-", "--force"))
                .isZero();
        assertThat(gateway.calls())
                .containsExactly(
                        "POST " + OF_TOPIC + "/0-7/redrive {\"value\":{\"product_id\":\"p-1\",\"price\":1.10}}",
                        "POST " + OF_TOPIC + "/0-7/redrive {\"force\":true,\"value\":{}}");
    }

    @Test
    void editOpensTheEditor() {
        gateway.answering(OF_TOPIC + "/0-7", 200, WHOLE).answering(OF_TOPIC + "/0-7/redrive", 202, SENT);
        shell.with("EDITOR", "sed -i 's/\"name\" : \"\"/\"name\" : \"Cup\"/'");

        assertThat(shell.run("dead-letters", "edit", TOPIC, "0-7")).isZero();
        assertThat(gateway.calls().getLast())
                .isEqualTo("POST " + OF_TOPIC + "/0-7/redrive {\"value\":{\"product_id\":\"p-1\",\"name\":\"Cup\"}}");
    }

    @Test
    void editOpensTheProductOfARecordThatWasMadeFromIt() {
        gateway.answering(
                        OF_TOPIC + "/0-7",
                        200,
                        "{\"value\":{\"product\":{\"product_id\":\"p\",\"price\":1.10},\"vectors\":{\"text\":\"AA\"}}}")
                .answering(OF_TOPIC + "/0-7/redrive", 202, SENT);
        shell.with("EDITOR", "sed -i 's/\"p\"/\"q\"/'");

        assertThat(shell.run("dead-letters", "edit", TOPIC, "0-7")).isZero();
        assertThat(gateway.calls().getLast())
                .isEqualTo("POST " + OF_TOPIC + "/0-7/redrive {\"value\":{\"product_id\":\"q\",\"price\":1.10}}");
    }

    @Test
    void editOpensNothingThatIsNoObject() {
        gateway.answering(OF_TOPIC + "/0-7", 200, "{\"value_base64\":\"/w==\",\"text\":\"?\"}");
        shell.with("EDITOR", "true");

        assertThat(shell.run("dead-letters", "edit", TOPIC, "0-7")).isEqualTo(1);
        assertThat(shell.err()).contains("is no JSON object", "--file").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void editSendsNothingWhenTheTextIsTheSameOrTheEditorFails(String editor) {
        gateway.answering(OF_TOPIC + "/0-7", 200, WHOLE);
        shell.with("VISUAL", editor);

        assertThat(shell.run("dead-letters", "edit", TOPIC, "0-7")).isEqualTo(1);
        assertThat(shell.err()).contains("nothing was sent").hasLineCount(1);
        assertThat(gateway.calls()).containsExactly("GET " + OF_TOPIC + "/0-7");
    }

    @Test
    void editNeedsAnEditorOrAFile() {
        assertThat(shell.run("dead-letters", "edit", TOPIC, "0-7")).isEqualTo(1);
        assertThat(shell.err()).contains("set EDITOR, or give the corrected value by --file");
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void editNamesTheWrongFieldsAndKeepsTheText() throws IOException {
        gateway.answering(OF_TOPIC + "/0-7", 200, WHOLE).answering(OF_TOPIC + "/0-7/redrive", 422, """
                {"title":"Not valid","code":"VALIDATION_FAILED",
                 "errors":[{"field":"name","message":"must not be blank"},{"field":"price","message":"is unknown"}]}""");
        shell.with("EDITOR", "sed -i s/p-1/p-2/");

        assertThat(shell.run("dead-letters", "edit", TOPIC, "0-7")).isEqualTo(1);
        assertThat(shell.out().lines()).containsExactly("✗ name must not be blank", "✗ price is unknown");
        assertThat(shell.err()).contains("HTTP 422, VALIDATION_FAILED").hasLineCount(1);
        var kept = Path.of(shell.err().strip().replaceFirst(".*Your text is in ([^:]+): .*", "$1"));
        assertThat(kept).content().contains("\"p-2\"");
        Files.delete(kept);
        Files.delete(kept.getParent());
    }

    @Test
    void editShowsHowANewerVersionDiffers() throws IOException {
        gateway.answering(OF_TOPIC + "/0-7/redrive", 409, """
                {"title":"There is a newer version","code":"NEWER_VERSION","detail":"version 9 is newer",
                 "diff":[{"field":"name","newer":"Mug","yours":"Cup"},{"field":"metadata.price","yours":5},{"field":"deleted"}]}""");

        assertThat(shell.runWith("{}", "dead-letters", "edit", TOPIC, "0-7", "--file", "-"))
                .isEqualTo(1);
        assertThat(shell.out().lines())
                .containsExactly(
                        "✗ name",
                        "    newer version  \"Mug\"",
                        "    your value     \"Cup\"",
                        "✗ metadata.price",
                        "    newer version  null",
                        "    your value     5",
                        "✗ deleted");
        assertThat(shell.err())
                .contains("HTTP 409, NEWER_VERSION", "version 9 is newer")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{} {}", ""})
    void editSendsNothingThatIsNotJson(String text) {
        assertThat(shell.runWith(text, "dead-letters", "edit", TOPIC, "0-7", "--file", "-"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("so nothing was sent").hasLineCount(1);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void discardTakesTheOpenLettersThatTheOptionsChoose() {
        gateway.answering(OF_TOPIC, 200, "{\"letters\":[" + LETTER + "," + LETTER.replace("0-7", "0-5") + "]}")
                .answering(OF_TOPIC + "/0-7/discard", 202, "{}")
                .answering(OF_TOPIC + "/0-5/discard", 202, "{}");

        assertThat(shell.run("dead-letters", "discard", TOPIC, "--code", "INVALID_EVENT", "--reason", "a test"))
                .isZero();
        assertThat(shell.out().lines()).containsExactly("0-7: discarded", "0-5: discarded");
        assertThat(gateway.calls().getFirst()).contains("code=INVALID_EVENT", "state=open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 0-7 --code X", " 0-7 --all"})
    void discardAsksForLettersOrForAChoice(String letters) {
        assertThat(shell.run(("dead-letters discard " + TOPIC + letters + " --reason x").split(" ")))
                .isEqualTo(2);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void discardNeedsAReason() {
        gateway.answering(OF_TOPIC + "/0-7/discard", 202, "{}").answering(OF_TOPIC + "/0-8/discard", 202, "");

        assertThat(shell.run("dead-letters", "discard", TOPIC, "0-7", "0-8", "--reason", "a test"))
                .isZero();
        assertThat(shell.out().lines()).containsExactly("0-7: discarded", "0-8: discarded");
        assertThat(gateway.calls())
                .containsExactly(
                        "POST " + OF_TOPIC + "/0-7/discard {\"reason\":\"a test\"}",
                        "POST " + OF_TOPIC + "/0-8/discard {\"reason\":\"a test\"}");
        assertThat(shell.run("dead-letters", "discard", TOPIC, "0-7")).isEqualTo(2);
    }

    @Test
    void exportWritesOneObjectALine() throws IOException {
        gateway.answering(OF_TOPIC, 200, "{\"letters\":[" + LETTER + "," + LETTER.replace("0-7", "0-5") + "]}")
                .answering(OF_TOPIC + "/0-7", 200, WHOLE.replace("\"name\":\"\"", "\"name\":\"=1+1\\u001b[2J\""));

        assertThat(shell.run("dead-letters", "export", TOPIC, "--code", "INVALID_EVENT"))
                .isZero();
        var lines = shell.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).containsIgnoringCase("\"name\":\"\\u003d1+1\\u001b[2J\"");
        var json = new ObjectMapper();
        assertThat(json.readTree(lines.getFirst()).path("value").path("name").asText())
                .isEqualTo("=1+1\u001b[2J");
        assertThat(json.readTree(lines.get(1)).path("id").asText())
                .as("a letter that expired meanwhile")
                .isEqualTo("0-5");
        assertThat(shell.err()).contains("exported 2 letters");

        var file = folder.resolve("letters.ndjson");
        assertThat(shell.run("dead-letters", "export", TOPIC, "--state", "open", "--to", file.toString()))
                .isZero();
        assertThat(file).content().hasLineCount(2);
        assertThat(shell.out()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aJobIsStopped() {
        gateway.answering("/api/v1/jobs/r/cancel", 200, "{\"job_id\":\"r\",\"status\":\"canceled\"}");

        assertThat(shell.run("jobs", "r", "--cancel")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("job r canceled");
        assertThat(gateway.calls()).containsExactly("POST /api/v1/jobs/r/cancel");
    }
}
