package io.sluice.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.TestShell;
import io.sluice.stack.LocalBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicVerbsIT {
    private static final int PARTITIONS = 3;

    @TempDir
    static Path dir;

    private static LocalBroker broker;

    private final TestShell shell = new TestShell();

    @BeforeAll
    static void start() {
        broker = LocalBroker.start(dir);
    }

    @BeforeEach
    void pointToTheBroker() {
        shell.with("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void whatIsSentIsRead() throws Exception {
        create("lines");
        var lines = """
                a\tone
                {"product_id":"b","name":"two"}

                c\t{"product_id":"other"}
                """;

        assertThat(shell.runWith(lines, "topics", "send", "lines")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("Sent 3 records to lines.");

        var records = readJson("lines", "--from-beginning");
        assertThat(records).hasSize(3);
        assertThat(byKey(records, "a").get("value").asText()).isEqualTo("one");
        assertThat(byKey(records, "b").get("value").get("name").asText()).isEqualTo("two");
        assertThat(byKey(records, "c").get("value").get("product_id").asText()).isEqualTo("other");
        assertThat(readJson("lines", "--key", "a")).hasSize(1);
    }

    @Test
    void whatARecordHasInItIsVisible() throws Exception {
        create("hostile");
        shell.runWith("k\u001b[2J\u009b\u202e\tv\u001b]0;t\u0007\u2028\n", "topics", "send", "hostile");

        assertThat(shell.run("topics", "read", "hostile", "--from-beginning")).isZero();

        assertThat(shell.out())
                .contains("key=k\\u001b[2J\\u009b\\u202e", "  v\\u001b]0;t\\u0007\\u2028")
                .hasLineCount(2)
                .doesNotContain("\u001b", "\u009b", "\u202e", "\u0007", "\u2028");
    }

    @Test
    void lastShowsTheNewestOverAllPartitions() throws Exception {
        create("many");
        for (var key : List.of("a", "b", "c", "d", "e")) {
            shell.runWith(key + "\tvalue of " + key, "topics", "send", "many");
        }

        assertThat(readJson("many", "--last", "2"))
                .extracting(record -> record.get("key").asText())
                .containsExactly("d", "e");
        assertThat(shell.run("topics", "read", "many", "--last", "1")).isZero();
        assertThat(shell.out()).contains("key=e", "value of e");
    }

    @Test
    void anyInputIsOneValueUnderAKeyAndNullDeletes() throws Exception {
        create("values");

        assertThat(shell.runWith("two\nlines", "topics", "send", "values", "--key", "k"))
                .isZero();
        assertThat(shell.run("topics", "send", "values", "--key", "k", "--null"))
                .isZero();

        var records = readJson("values", "--from-beginning");
        assertThat(records.getFirst().get("value").asText()).isEqualTo("two\nlines");
        assertThat(records.getLast().get("value").isNull()).isTrue();
    }

    @Test
    void crc32PutsKeysWhereLibrdkafkaDoes() throws Exception {
        create("hashed");
        for (var key : List.of("alpha", "beta", "gamma", "delta")) {
            shell.runWith(key + "\tv", "topics", "send", "hashed", "--partitioner", "crc32");
        }

        for (var record : readJson("hashed", "--from-beginning")) {
            var crc = new CRC32();
            crc.update(record.get("key").asText().getBytes(UTF_8));
            assertThat(record.get("partition").asLong()).isEqualTo(crc.getValue() % PARTITIONS);
        }
    }

    @Test
    void aLineWithoutAKeyIsRefusedWithItsNumber() throws Exception {
        create("keyless");

        assertThat(shell.runWith("a\tfine\nno key here\n", "topics", "send", "keyless"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("line 2").hasLineCount(1);
    }

    @Test
    void listShowsTopicsWithTheirSize() throws Exception {
        create("listed");
        shell.runWith("a\t1\nb\t2\n", "topics", "send", "listed");

        assertThat(shell.run("topics", "list")).isZero();
        assertThat(shell.out()
                        .lines()
                        .filter(line -> line.startsWith("listed "))
                        .toList())
                .singleElement()
                .asString()
                .matches("listed +3 partitions +2 offsets");
    }

    @Test
    void anUnknownTopicIsOneClearLine() {
        assertThat(shell.run("topics", "read", "nowhere")).isEqualTo(1);
        assertThat(shell.err()).contains("no topic 'nowhere'").hasLineCount(1);
    }

    @Test
    void anAbsentBrokerIsOneClearLine() {
        shell.with("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
                .with("KAFKA_REQUEST_TIMEOUT_MS", "1000")
                .with("KAFKA_DEFAULT_API_TIMEOUT_MS", "2000");

        assertThat(shell.run("topics", "list")).isEqualTo(1);
        assertThat(shell.err())
                .contains("127.0.0.1:1", "KAFKA_BOOTSTRAP_SERVERS")
                .hasLineCount(1);
    }

    private static void create(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private List<JsonNode> readJson(String topic, String... options) throws Exception {
        var args = new ArrayList<>(List.of("topics", "read", topic, "--json"));
        args.addAll(List.of(options));
        assertThat(shell.run(args.toArray(String[]::new))).isZero();
        var records = new ArrayList<JsonNode>();
        for (var line : shell.out().lines().toList()) {
            records.add(new ObjectMapper().readTree(line));
        }
        return records;
    }

    private static JsonNode byKey(List<JsonNode> records, String key) {
        return records.stream()
                .filter(record -> record.get("key").asText().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
