package io.sluice.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

class SeededTest {
    private final String before = System.getProperty(Seed.PROPERTY, "");

    @AfterEach
    void forget() {
        if (before.isEmpty()) {
            System.clearProperty(Seed.PROPERTY);
        } else {
            System.setProperty(Seed.PROPERTY, before);
        }
    }

    @Test
    void aFailureNamesItsSeed() {
        System.clearProperty(Seed.PROPERTY);
        var failure = failureOf(Failing.class);

        assertThat(failure).hasMessageStartingWith("drew ");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(replay -> assertThat(replay).hasMessageContaining("-Dsluice.seed="));
    }

    @Test
    void aSeedThatIsSetIsReplayed() {
        System.setProperty(Seed.PROPERTY, "42");

        assertThat(failureOf(Failing.class))
                .hasMessage("drew " + new Seed(42).random().nextLong());
    }

    @Test
    void everyRunDrawsAnotherSeed() {
        System.clearProperty(Seed.PROPERTY);

        assertThat(Seed.next()).isNotEqualTo(Seed.next());
    }

    @Test
    void everyThreadHasNumbersOfItsOwnFromTheOneSeed() {
        assertThat(draws(new Seed(42))).doesNotHaveDuplicates().isEqualTo(draws(new Seed(42)));
        assertThat(draws(new Seed(43))).doesNotContainAnyElementsOf(draws(new Seed(42)));
    }

    private static List<Integer> draws(Seed seed) {
        var draws = new ArrayList<Integer>();
        for (int thread = 0; thread < 20; thread++) {
            draws.add(seed.random(thread).nextInt());
        }
        return draws;
    }

    private static Throwable failureOf(Class<?> test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    /** Run by the tests above. Surefire does not run it, because its name does not match a test's. */
    static class Failing {
        @Seeded
        @Test
        void always(Seed seed) {
            throw new AssertionError("drew " + seed.random().nextLong());
        }
    }
}
