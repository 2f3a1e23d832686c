package io.sluice.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** A limit promises nothing about the two ends of a longer time. See {@link OverlappingMinutes}. */
    private static final Duration ANY_TIME = Duration.ofSeconds(55);

    private final SetClock clock = new SetClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final RateLimits limits = RateLimits.inMemory(clock);
    private final RateLimit three = limit("three", 3);
    private final RateLimit two = limit("two", 2);

    @Test
    void admitsAsManyAsTheLimitAndRefusesTheNext() {
        take(three.of("ann"));
        take(three.of("ann"));
        take(three.of("ann"));

        var refused = refusal(three.of("ann"));
        assertThat(refused.problem().code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.problem().status()).isEqualTo(429);
        assertThat(refused.problem().detail()).isEqualTo("three");
    }

    @Test
    void countsEachCallerAndEachLimitAlone() {
        take(two.of("ann"));
        take(two.of("ann"));

        take(two.of("bob"));
        take(three.of("ann"));
        refusal(two.of("ann"));
    }

    @Test
    void admitsACallerThatWaitedExactlyAsLongAsItWasTold() {
        for (var second = 0; second < 7; second++) {
            clock.forward(Duration.ofMillis(700));
            take(two.of("ann" + second));
            clock.forward(Duration.ofMillis(1_900));
            take(two.of("ann" + second));

            var wait = waitOf(two.of("ann" + second));
            assertThat(wait).isBetween(Duration.ofSeconds(53), MINUTE);
            clock.forward(wait.minus(SECOND));
            refusal(two.of("ann" + second));
            clock.forward(SECOND);
            take(two.of("ann" + second));
        }
    }

    @Test
    void admitsEachAgainAboutAMinuteAfterIt() {
        take(three.of("ann"));
        clock.forward(Duration.ofSeconds(20));
        take(three.of("ann"));
        take(three.of("ann"));

        clock.forward(Duration.ofSeconds(40));
        take(three.of("ann"));
        refusal(three.of("ann"));
        clock.forward(Duration.ofSeconds(20));
        take(three.of("ann"));
        take(three.of("ann"));
        refusal(three.of("ann"));
    }

    @Test
    void doesNotCountWhatIsGivenBack() {
        for (var i = 0; i < 10; i++) {
            limits.take(request(), two.of("ann"), three.of("here")).giveBack();
        }
        take(two.of("ann"), three.of("here"));
        take(two.of("ann"), three.of("here"));
        refusal(two.of("ann"));
        take(three.of("here"));
    }

    @Test
    void takesBackOnlyOnce() {
        var permit = limits.take(request(), two.of("ann"));
        take(two.of("ann"));

        permit.giveBack();
        permit.giveBack();
        take(two.of("ann"));
        refusal(two.of("ann"));
    }

    @Test
    void takesNothingBackThatHasComeBackByItself() {
        var permit = limits.take(request(), two.of("ann"));
        clock.forward(MINUTE);
        take(two.of("ann"));
        take(two.of("ann"));

        permit.giveBack();
        refusal(two.of("ann"));
    }

    @Test
    void takesFromNoCounterWhenOneRefuses() {
        take(two.of("here"));
        take(two.of("here"));
        for (var i = 0; i < 10; i++) {
            refusal(three.of("ann"), two.of("here"));
        }

        for (var i = 0; i < three.perMinute(); i++) {
            take(three.of("ann"));
        }
    }

    @Test
    void tellsACallerToWaitForAllCounters() {
        take(two.of("ann"));
        take(two.of("ann"));
        clock.forward(Duration.ofSeconds(30));
        take(two.of("here"));
        take(two.of("here"));

        var wait = waitOf(two.of("ann"), two.of("here"));
        assertThat(wait).isEqualTo(MINUTE);
        assertThat(waitOf(two.of("here"), two.of("ann"))).isEqualTo(MINUTE);
        clock.forward(wait);
        take(two.of("ann"), two.of("here"));
    }

    @Test
    void tellsAnAdmittedCallerHowManyAreLeft() {
        var request = request();
        var permit = limits.take(request, three.of("ann"), two.of("here"));

        assertThat(header(request, "RateLimit-Policy")).isEqualTo("\"three\";q=3;w=60, \"two\";q=2;w=60");
        assertThat(header(request, "RateLimit")).isEqualTo("\"three\";r=2;t=60, \"two\";r=1;t=60");

        permit.giveBack();
        assertThat(header(request, "RateLimit")).isEqualTo("\"three\";r=3;t=60, \"two\";r=2;t=60");
    }

    @Test
    void tellsARefusedCallerWhenToComeBack() {
        take(two.of("here"));
        take(two.of("here"));
        clock.forward(Duration.ofMillis(7_300));

        var request = request();
        var refused = catchThrowableOfType(
                ProblemException.class, () -> limits.take(request, three.of("ann"), two.of("here")));
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(53));
        assertThat(header(request, "RateLimit-Policy")).isEqualTo("\"three\";q=3;w=60, \"two\";q=2;w=60");
        assertThat(header(request, "RateLimit")).isEqualTo("\"three\";r=3;t=58, \"two\";r=0;t=53");
    }

    @Test
    void saysNothingOnAnswersOfOtherCalls() {
        assertThat(header(request(), "RateLimit")).isEmpty();
    }

    @Test
    @Seeded
    void neverAdmitsMoreThanTheLimitAndNeverRefusesWithoutReason(Seed seed) {
        var random = seed.random();
        for (var round = 0; round < 200; round++) {
            var limit = limit("some", 1 + random.nextInt(12));
            var caller = limit.of("caller " + round);
            var admitted = new ArrayDeque<Instant>();
            for (var call = 0; call < 200; call++) {
                clock.forward(
                        Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(70_000) : random.nextInt(4_000)));
                var refused = refusalOrNull(caller);
                if (refused == null) {
                    admitted.add(clock.instant());
                    assertThat(admittedWithin(ANY_TIME, admitted)).isLessThanOrEqualTo(limit.perMinute());
                } else {
                    assertThat(admittedWithin(MINUTE, admitted)).isGreaterThanOrEqualTo(limit.perMinute());
                }
            }
        }
    }

    private long admittedWithin(Duration time, ArrayDeque<Instant> admitted) {
        var since = clock.instant().minus(time);
        return admitted.stream().filter(at -> at.isAfter(since)).count();
    }

    private void take(Counter... counters) {
        assertThatCode(() -> limits.take(request(), counters)).doesNotThrowAnyException();
    }

    private ProblemException refusal(Counter... counters) {
        var refused = refusalOrNull(counters);
        assertThat(refused).as("refusal").isNotNull();
        return refused;
    }

    private ProblemException refusalOrNull(Counter... counters) {
        return catchThrowableOfType(ProblemException.class, () -> limits.take(request(), counters));
    }

    private Duration waitOf(Counter... counters) {
        return refusal(counters).retryAfter().orElseThrow();
    }

    private static String header(HttpRequest<?> request, String name) {
        var response = HttpResponse.ok();
        new RateLimitHeaders().write(request, response);
        return response.getHeaders().get(name, String.class).orElse("");
    }

    private static HttpRequest<?> request() {
        return HttpRequest.POST("/", "");
    }

    private static RateLimit limit(String name, int perMinute) {
        return new RateLimit(name, perMinute, GatewayProblem.RATE_LIMITED, name);
    }
}
