package io.sluice.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordTextTest {
    private static final String HOSTILE = "a\u001b[2J\r\nFORGED\u009b\u2028\u202e\u200b";

    @Test
    void eachPartOfARecordHasALine() {
        assertThat(RecordText.lines(record("a\nb")))
                .containsExactly("t-0@0  1969-12-31T23:59:59.999Z  key=a\nb", "  a\nb: a\nb", "  a\nb");
    }

    @Test
    void jsonKeepsTheContent() throws Exception {
        var json = RecordText.json(record(HOSTILE));

        assertThat(json).hasLineCount(1);
        var read = new ObjectMapper().readTree(json);
        assertThat(read.path("key").asText()).isEqualTo(HOSTILE);
        assertThat(read.path("value").asText()).isEqualTo(HOSTILE);
        assertThat(read.path("headers").path(HOSTILE).asText()).isEqualTo(HOSTILE);
    }

    private static ConsumerRecord<byte[], byte[]> record(String text) {
        var record = new ConsumerRecord<>("t", 0, 0, text.getBytes(UTF_8), text.getBytes(UTF_8));
        record.headers().add(text, text.getBytes(UTF_8));
        return record;
    }
}
