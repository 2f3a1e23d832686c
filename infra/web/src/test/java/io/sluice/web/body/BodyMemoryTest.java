package io.sluice.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.web.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BodyMemoryTest {
    private static final long ALL = 100 * 1024;

    private final BodyMemory memory = new BodyMemory(ALL, Duration.ofMillis(20));

    @Test
    void hasRoomAgainWhenAShareIsClosed() {
        for (int i = 0; i < 10; i++) {
            try (var share = taken(memory, 60)) {
                assertThat(share).isNotNull();
            }
        }
    }

    @Test
    void refusesABodyThatGetsNoRoomInTime() {
        try (var _ = taken(memory, 60);
                var second = memory.open(60 * 1024)) {
            second.growTo(40 * 1024);
            assertThatThrownBy(() -> second.growTo(60 * 1024))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            thrown -> assertThat(thrown.problem().code()).isEqualTo("TOO_BUSY"));
        }
        try (var all = taken(memory, 100)) {
            assertThat(all).as("the refused body gave all of it back").isNotNull();
        }
    }

    /** What a body announces costs nothing. */
    @Test
    void aBodyHoldsOnlyWhatHasArrived() {
        var slow = new ArrayList<BodyMemory.Share>();
        for (int i = 0; i < 50; i++) {
            var share = memory.open(50 * 1024);
            share.growTo(512);
            slow.add(share);
        }

        try (var fast = taken(memory, 50)) {
            assertThat(fast).isNotNull();
        }
        slow.forEach(BodyMemory.Share::close);
    }

    @Test
    void leavesHalfOfTheMemoryToOthers() {
        var half = memory.half();
        try (var _ = taken(half, 40)) {
            refusesAll(half, 20);
            try (var _ = taken(memory, 50)) {
                refusesAll(memory, 20);
            }
        }
        try (var _ = taken(memory, 90)) {
            refusesAll(half, 20);
        }
        try (var share = taken(half, 49)) {
            assertThat(share).as("gave back what it could not use").isNotNull();
        }
    }

    @Test
    void aSettledShareGivesBackWhatItDoesNotKeep() {
        try (var settled = memory.open(90 * 1024)) {
            settled.growTo(80 * 1024);
            refusesAll(memory, 30);
            settled.settle(40 * 1024);
            settled.growTo(90 * 1024);
            try (var _ = taken(memory, 60)) {
                refusesAll(memory, 1);
            }
        }
        try (var all = taken(memory, 100)) {
            assertThat(all).as("gave back the rest at its end").isNotNull();
        }
    }

    @Test
    void admitsABodyLargerThanTheMemoryAlone() {
        try (var _ = taken(memory, 1_000)) {
            refusesAll(memory, 1);
        }
    }

    /** Two bodies that each hold half and want all would wait for each other until both are refused. */
    @Test
    @Timeout(30)
    void bodiesNeverWaitForEachOther() throws Exception {
        var seed = System.nanoTime();
        var pool = new BodyMemory(ALL, Duration.ofMinutes(1));
        var half = pool.half();
        var held = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<Future<?>>();
            for (int i = 0; i < 200; i++) {
                var random = new Random(seed + i);
                ends.add(threads.submit(() -> grow(random.nextInt(3) == 0 ? half : pool, random, held)));
            }
            for (var end : ends) {
                assertThat(end.get(25, TimeUnit.SECONDS)).as("seed %d", seed).isNull();
            }
        }
        try (var all = pool.open(ALL)) {
            all.growTo(ALL);
        }
    }

    private static void grow(BodyMemory pool, Random random, AtomicLong held) {
        var most = random.nextLong(1, ALL / 2);
        try (var share = pool.open(most)) {
            long has = 0;
            while (has < most) {
                var next = Math.min(most, has + random.nextLong(1, 8 * 1024));
                share.growTo(next);
                assertThat(held.addAndGet(next - has)).isLessThanOrEqualTo(ALL);
                has = next;
            }
            if (random.nextBoolean()) {
                held.addAndGet(has / 2 - has);
                has = has / 2;
                share.settle(has);
            }
            held.addAndGet(-has);
        }
    }

    private static void refusesAll(BodyMemory memory, int kilobytes) {
        assertThatThrownBy(() -> taken(memory, kilobytes)).isInstanceOf(ProblemException.class);
    }

    private static BodyMemory.Share taken(BodyMemory memory, int kilobytes) {
        var share = memory.open(kilobytes * 1024L);
        try {
            share.growTo(kilobytes * 1024L);
            return share;
        } catch (RuntimeException e) {
            share.close();
            throw e;
        }
    }
}
