package io.sluice.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PacedBodyTest {
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void readsABodyThatArrives() throws IOException {
        var body = new PacedBody(new ByteArrayInputStream(new byte[100_000]), pace(LONG, SHORT, 1));

        assertThat(body.skip(10)).isPositive();
        assertThat(body.read()).isZero();
        assertThat(body.readAllBytes()).hasSizeGreaterThan(80_000);
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void refusesABodyThatPausesTooLong() throws IOException {
        try (var sender = new PipedOutputStream();
                var body = new PacedBody(thenSilence(3, sender), pace(LONG, SHORT, 1_000))) {
            assertThatThrownBy(body::readAllBytes).isInstanceOfSatisfying(ProblemException.class, refused -> {
                assertThat(refused.problem().status()).isEqualTo(408);
                assertThat(refused.problem().detail())
                        .startsWith("Only 3 bytes")
                        .contains("SLUICE_HTTP_BODY_LEAST_RATE");
            });
            assertThat(Thread.interrupted())
                    .as("the alarm leaves no interrupt behind")
                    .isFalse();
        }
    }

    /** Each second of the least rate that has arrived is a second more. */
    @Test
    void refusesABodyThatIsNotWholeInTime() throws IOException {
        try (var sender = new PipedOutputStream();
                var body = new PacedBody(thenSilence(100_000, sender), pace(SHORT, LONG, 1))) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().detail()).contains("(THE_SETTING)"));
        }
    }

    @Test
    void whatTheServerTakesItselfDoesNotCount() throws Exception {
        var within = Duration.ofSeconds(1); // the first read also loads classes
        var body = new PacedBody(new ByteArrayInputStream(new byte[10]), pace(within, within, 1));
        var over = System.nanoTime() + within.toNanos();
        assertThat(body.read()).isZero();
        while (System.nanoTime() < over) {
            Thread.onSpinWait(); // the server is busy with what it has read
        }

        assertThat(body.readAllBytes()).hasSize(9);
    }

    /** The numbers of the documentation: 15 MB over a mobile line of 20 kB/s. */
    @Test
    void theDefaultsAllowALargePictureOverASlowLine() {
        var pace = pace(Duration.ofMinutes(15), Duration.ofSeconds(30), 1_000);
        var size = 15 * 1024 * 1024;
        for (long second = 0; second * 20_000 < size; second++) {
            assertThat(pace.nanosFor(second * 20_000))
                    .as("after %d s", second)
                    .isGreaterThan(Duration.ofSeconds(second + 1).toNanos());
        }
        assertThat(pace.nanosFor(20))
                .as("a byte every 5 s")
                .isLessThan(Duration.ofSeconds(31).toNanos());
    }

    private static BodyPace pace(Duration within, Duration grace, long rate) {
        return new BodyPace(within, "THE_SETTING", grace, rate);
    }

    private static InputStream thenSilence(int bytes, PipedOutputStream sender) throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(new byte[bytes]), new PipedInputStream(sender));
    }
}
