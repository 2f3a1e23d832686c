package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.load.Pictures;
import io.sluice.bench.load.ProductTexts;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchTest {
    @Test
    void aNameThatIsNoneIsBadUsage() {
        assertThat(Bench.run("latency", "no-such-benchmark")).isEqualTo(2);
        assertThat(Bench.run("--no-such-option")).isEqualTo(2);
    }

    @Test
    void saysWhichThereAre() {
        assertThat(Bench.run("--list")).isZero();
    }

    @Test
    void noTwoProductsAreAlikeAndEachIsAlwaysTheSame() {
        var descriptions = new HashSet<String>();
        IntStream.range(0, 5_000).forEach(i -> descriptions.add(ProductTexts.description("p-" + i)));

        assertThat(descriptions).hasSize(5_000);
        assertThat(ProductTexts.fields("p-1")).isEqualTo(ProductTexts.fields("p-1"));
        assertThat(Pictures.jpeg(1, 64, 48)).isEqualTo(Pictures.jpeg(1, 64, 48)).isNotEqualTo(Pictures.jpeg(2, 64, 48));
    }
}
