package io.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SluiceConfigTest {
    private static final String LONGEST_PREFIX = "p".repeat(40);

    @Test
    void aPrefixAndAnIndexThatMakeANameTooLongForKafkaAreRefused() {
        assertThatThrownBy(() -> config(LONGEST_PREFIX, "i".repeat(81) + "-123456"))
                .hasMessageContaining("sluice.topic-prefix and sluice.index together must be")
                .hasMessageContaining("characters shorter")
                .hasMessageContaining(".retry-10s, and Kafka allows 249 characters");
    }

    @Test
    void theLongestNameThatKafkaAllowsIsAccepted() {
        var names = 249 - "product-vectors..v1.indexer-.retry-10s".length();
        var index = "i".repeat((names - LONGEST_PREFIX.length()) / 2 - 7) + "-123456";

        assertThat(config(LONGEST_PREFIX, index).index()).isEqualTo(index);
        assertThatThrownBy(() -> config(LONGEST_PREFIX, "i" + index)).hasMessageContaining("249");
    }

    private static SluiceConfig config(String prefix, String index) {
        return new SluiceConfig(1, 1, prefix, 1, index, 1, Path.of("."), "127.0.0.1");
    }
}
