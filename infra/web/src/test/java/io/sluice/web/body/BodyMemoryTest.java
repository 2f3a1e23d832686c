package io.sluice.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.web.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private static final long ALL = 100 * 1024;

    private final BodyMemory memory = new BodyMemory(ALL, Duration.ofMillis(20));

    @Test
    void hasRoomAgainWhenAShareIsClosed() {
        for (int i = 0; i < 10; i++) {
            try (var share = memory.take(60 * 1024)) {
                assertThat(share).isNotNull();
            }
        }
    }

    @Test
    void refusesABodyThatGetsNoRoomInTime() {
        try (var _ = memory.take(60 * 1024)) {
            assertThatThrownBy(() -> memory.take(60 * 1024))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            thrown -> assertThat(thrown.problem().code()).isEqualTo("TOO_BUSY"));
        }
    }

    @Test
    void leavesHalfOfTheMemoryToOthers() {
        var half = memory.half();
        try (var _ = half.take(40 * 1024)) {
            assertThatThrownBy(() -> half.take(20 * 1024)).isInstanceOf(ProblemException.class);
            try (var _ = memory.take(50 * 1024)) {
                assertThatThrownBy(() -> memory.take(20 * 1024))
                        .as("what is taken of the half is taken of all")
                        .isInstanceOf(ProblemException.class);
            }
        }
        try (var _ = memory.take(90 * 1024)) {
            assertThatThrownBy(() -> half.take(20 * 1024)).isInstanceOf(ProblemException.class);
        }
        try (var _ = half.take(49 * 1024)) {
            assertThat(half).as("gave back what it could not use").isNotNull();
        }
    }

    @Test
    void admitsABodyLargerThanTheMemoryAlone() {
        try (var _ = memory.take(10 * ALL)) {
            assertThatThrownBy(() -> memory.take(1)).isInstanceOf(ProblemException.class);
        }
    }
}
