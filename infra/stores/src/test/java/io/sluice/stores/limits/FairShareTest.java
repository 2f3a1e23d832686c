package io.sluice.stores.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairShareTest {
    @Test
    void oneInstanceGetsWhatItWants() {
        assertThat(FairShare.of("a", 10, Map.of("a", 4), 0)).isEqualTo(4);
        assertThat(FairShare.of("a", 10, Map.of("a", 40), 0)).isEqualTo(10);
    }

    @Test
    void twoThatWantMoreThanThereIsShareIt() {
        var wanted = Map.of("a", 40, "b", 20);

        assertThat(FairShare.of("a", 10, wanted, 0)).isEqualTo(5);
        assertThat(FairShare.of("b", 10, wanted, 0)).isEqualTo(5);
    }

    @Test
    void whatOneDoesNotWantTheOtherGets() {
        var wanted = Map.of("a", 40, "b", 2);

        assertThat(FairShare.of("a", 10, wanted, 0)).isEqualTo(8);
        assertThat(FairShare.of("b", 10, wanted, 0)).isEqualTo(2);
    }

    @Test
    void theLastPermitGoesRound() {
        var wanted = Map.of("a", 9, "b", 9, "c", 9);

        for (var name : wanted.keySet()) {
            assertThat(IntStream.range(0, 3)
                            .map(turn -> FairShare.of(name, 1, wanted, turn))
                            .sum())
                    .as(name)
                    .isEqualTo(1);
        }
    }

    @Test
    void sharesNeverAddUpToMoreAndLeaveNothingThatIsWanted() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 1_000; round++) {
            var wanted = new TreeMap<String, Integer>();
            IntStream.range(0, 1 + random.nextInt(6)).forEach(i -> wanted.put("i" + i, random.nextInt(12)));
            var permits = 1 + random.nextInt(20);
            var turn = random.nextInt(100);

            var given = wanted.keySet().stream()
                    .mapToInt(name -> FairShare.of(name, permits, wanted, turn))
                    .sum();

            var all = wanted.values().stream().mapToInt(calls -> calls).sum();
            assertThat(given).as("seed " + seed + ", " + wanted).isEqualTo(Math.min(permits, all));
        }
    }
}
