package io.sluice.stores.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.stores.limits.CallRateTable.Limits;
import io.sluice.stores.limits.CallRateTable.Turn;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances at one Postgres, with a clock that the test moves. */
class CallRateTableIT {
    private static final Limits FOUR = new Limits(4, 0);
    private static final Offset<Double> ABOUT = within(0.001);

    private final Postgres postgres =
            new Postgres(PostgresConfig.of(TestStack.postgres().url()), 4);
    /** Tomorrow at noon, because a row begins with the time of Postgres. */
    private Instant now =
            LocalDate.now(ZoneOffset.UTC).plusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final CallRateTable one = new CallRateTable(postgres, "test", () -> now);
    private final CallRateTable two = new CallRateTable(postgres, "test", () -> now);

    @BeforeEach
    void schema() {
        postgres.awaitReady();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void callsOfAllInstancesFollowEachOtherAtTheRate() {
        assertThat(IntStream.range(0, 8)
                        .mapToObj(
                                i -> take(i % 2 == 0 ? one : two, FOUR).until().toMillis()))
                .containsExactly(0L, 250L, 500L, 750L, 1000L, 1250L, 1500L, 1750L);
    }

    @Test
    void whatWasNotUsedIsLost() {
        take(one, FOUR);
        now = now.plusSeconds(60);

        assertThat(take(one, FOUR).until()).isZero();
        assertThat(take(two, FOUR).until()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void throttlingLowersTheRateForAllToTheShareThatPasses() {
        var turns = take(10);

        assertThat(one.throttled(FOUR, true, turns.get(0))).isEqualTo(4);
        assertThat(one.throttled(FOUR, true, turns.get(1))).as("two say little").isEqualTo(4);
        assertThat(two.throttled(FOUR, true, turns.get(2))).as("three of ten").isEqualTo(2.8, ABOUT);
        assertThat(take(one, FOUR).perSecond()).isEqualTo(2.8, ABOUT);
    }

    @Test
    void itLowersTheRateAtMostOnceASecondAndAtMostToTheHalf() {
        threeOfTenAreThrottled();
        now = now.plusMillis(999);
        var turns = take(10);
        assertThat(throttled(turns.subList(0, 9))).isEqualTo(2.8, ABOUT);

        now = now.plusMillis(1);
        assertThat(throttled(turns.subList(9, 10))).isEqualTo(1.4, ABOUT);
    }

    @Test
    void fewCallsSayLittle() {
        assertThat(throttled(take(9))).isEqualTo(4);
    }

    @Test
    void aSeventhOfTheCallsMayBeThrottled() {
        var turns = take(35);

        assertThat(throttled(turns.subList(0, 5))).isEqualTo(4);
        assertThat(throttled(turns.subList(5, 6))).isEqualTo(4 * 29 / 35.0, ABOUT);
    }

    @Test
    void callsThatAreThrottledTogetherAreComparedWithThoseBefore() {
        take(40);
        now = now.plusSeconds(5);

        assertThat(throttled(take(5).subList(0, 3))).as("of 20 and 5").isEqualTo(4);
    }

    @Test
    void callsOfLongAgoAreForgotten() {
        take(40);
        now = now.plusSeconds(15);

        assertThat(throttled(take(5).subList(0, 3))).as("of 5 and 5").isEqualTo(2.8, ABOUT);
    }

    @Test
    void aCallWhoseTurnIsFromBeforeTheRateFellDoesNotLowerItAgain() {
        var early = List.of(take(one, FOUR), take(one, FOUR), take(two, FOUR));
        var fallen = threeOfTenAreThrottled();
        assertThat(fallen).isLessThan(4);

        now = now.plusSeconds(2);
        assertThat(throttled(early)).isEqualTo(fallen, ABOUT);
        assertThat(threeOfTenAreThrottled()).isEqualTo(fallen * 0.7, ABOUT);
    }

    @Test
    void theRateNeverFallsBelowOneCallInTwoSeconds() {
        for (var i = 0; i < 30; i++) {
            threeOfTenAreThrottled();
            now = now.plusSeconds(1);
        }

        assertThat(take(two, FOUR).perSecond()).isEqualTo(0.5, ABOUT);
    }

    @Test
    void theRateRisesByATwentiethEveryFiveSecondsUpToTheConfiguredOne() {
        threeOfTenAreThrottled();

        now = now.plusMillis(4_999);
        assertThat(take(one, FOUR).perSecond()).isEqualTo(2.8, ABOUT);
        now = now.plusMillis(1);
        assertThat(take(two, FOUR).perSecond()).isEqualTo(2.94, ABOUT);
        now = now.plusSeconds(2);
        assertThat(take(one, FOUR).perSecond()).isEqualTo(2.94, ABOUT);
        now = now.plusSeconds(8);
        assertThat(take(one, FOUR).perSecond()).isEqualTo(2.94 * 1.05 * 1.05, ABOUT);
        now = now.plus(10, ChronoUnit.MINUTES);
        assertThat(take(one, FOUR).perSecond()).isEqualTo(4, ABOUT);
        assertThat(take(one, FOUR).until()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void itDoesNotRiseWhenMoreThanATwentiethIsThrottled() {
        threeOfTenAreThrottled();
        now = now.plusSeconds(1);
        throttled(take(10).subList(0, 1));

        now = now.plusSeconds(4);
        assertThat(take(one, FOUR).perSecond()).isEqualTo(2.8, ABOUT);
        now = now.plusSeconds(5);
        assertThat(take(one, FOUR).perSecond()).isEqualTo(2.94, ABOUT);
    }

    @Test
    void anotherConfiguredRateCountsAtOnceWhileNothingIsThrottled() {
        take(one, FOUR);

        assertThat(take(one, new Limits(40, 0)).perSecond()).isEqualTo(40);
        assertThat(take(one, new Limits(2, 0)).perSecond()).isEqualTo(2);
    }

    @Test
    void theBudgetEndsTheDay() {
        var three = new Limits(1_000, 3);
        take(one, three);
        take(two, three);
        assertThat(take(one, three).today()).isEqualTo(3);

        assertThat(one.take(three, true)).isEmpty();
        assertThat(two.take(three, true)).isEmpty();
        assertThat(two.take(three, false)).as("a call that is not paid").isPresent();
        assertThat(two.today()).isEqualTo(3);

        now = now.plus(11, ChronoUnit.HOURS);
        assertThat(one.take(three, true)).isEmpty();
        now = now.plus(1, ChronoUnit.HOURS);
        assertThat(take(one, three).today()).as("after midnight").isEqualTo(1);
    }

    @Test
    void aThrottledCallIsNotCounted() {
        var one = new Limits(1_000, 1);
        two.throttled(one, true, take(two, one));

        assertThat(two.today()).isZero();
        assertThat(two.take(one, true)).isPresent();
        assertThat(two.take(one, true)).isEmpty();
    }

    @Test
    void withoutACallNoneWasMadeToday() {
        assertThat(one.today()).isZero();
    }

    /** {@return the rate after three of ten calls were throttled} */
    private double threeOfTenAreThrottled() {
        return throttled(take(10).subList(0, 3));
    }

    /** {@return the rate after these calls were throttled} */
    private double throttled(List<Turn> turns) {
        var rate = Double.NaN;
        for (var turn : turns) {
            rate = two.throttled(FOUR, true, turn);
        }
        return rate;
    }

    /** {@return the turns of so many calls} */
    private List<Turn> take(int calls) {
        return IntStream.range(0, calls).mapToObj(_ -> take(one, FOUR)).toList();
    }

    private static Turn take(CallRateTable table, Limits limits) {
        return table.take(limits, true).orElseThrow();
    }
}
