package io.sluice.embedder.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.embedder.compute.LaneQueue.Turn;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads and their time are simulated, so the shares are exact. A piece is its length in milliseconds. */
class LaneQueueTest {
    private final LaneQueue<Integer> queue = new LaneQueue<>();
    private final Map<Lane, Integer> used = new EnumMap<>(Lane.class);

    private record Running(Turn<Integer> turn, int end) {}

    /** Lets threads work until so much time is over; returns how long each lane was worked for. */
    private Map<Lane, Integer> work(int threads, int milliseconds) {
        used.clear();
        var running = new PriorityQueue<>(Comparator.comparingInt(Running::end));
        var now = 0;
        while (now < milliseconds) {
            while (running.size() < threads) {
                var turn = queue.next();
                if (turn == null) {
                    break;
                }
                running.add(new Running(turn, now + turn.piece()));
            }
            var ended = running.remove();
            now = ended.end();
            queue.ended(ended.turn(), Duration.ofMillis(ended.turn().piece()));
            used.merge(ended.turn().lane(), ended.turn().piece(), Integer::sum);
        }
        running.forEach(
                rest -> queue.ended(rest.turn(), Duration.ofMillis(rest.turn().piece())));
        return used;
    }

    private void add(Lane lane, int count, int milliseconds) {
        for (int i = 0; i < count; i++) {
            queue.add(lane, milliseconds);
        }
    }

    private int of(Lane lane) {
        return Objects.requireNonNullElse(used.get(lane), 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 200", "1, 200, 10", "2, 10, 200", "2, 300, 40", "4, 25, 25", "8, 5, 300"})
    void lanesWithABacklogGetTheSameTimeHoweverLongTheirPiecesAre(int threads, int product, int photo) {
        add(Lane.PHOTOS, 40_000, photo); // first
        add(Lane.PRODUCTS, 40_000, product);

        work(threads, 20_000);

        var half = (of(Lane.PRODUCTS) + of(Lane.PHOTOS)) / 2;
        assertThat(of(Lane.PRODUCTS)).isCloseTo(half, within(half / 10));
    }

    /** 200 photos wait, and products come in batches, the next one when the one before is done. */
    @Test
    void productsKeepTheirHalfBesideABacklogOfPhotosAndPhotosTheirs() {
        add(Lane.PHOTOS, 200, 150);
        var products = 0;
        var photos = 0;
        while (photos < 200 * 150) {
            add(Lane.PRODUCTS, 8, 40);
            for (int left = 8; left > 0; ) {
                var turn = Objects.requireNonNull(queue.next());
                queue.ended(turn, Duration.ofMillis(turn.piece()));
                if (turn.lane() == Lane.PRODUCTS) {
                    left--;
                    products += turn.piece();
                } else {
                    photos += turn.piece();
                }
            }
        }

        assertThat(products).isBetween(photos * 8 / 10, photos * 12 / 10);
    }

    @Seeded
    @Test
    void aPieceWaitsForFewOfTheOtherLaneWhateverTheirLengths(Seed seed) {
        var random = seed.random();
        for (int i = 0; i < 5_000; i++) {
            queue.add(Lane.PHOTOS, 1 + random.nextInt(100));
            queue.add(Lane.PRODUCTS, 1 + random.nextInt(100));
        }
        var photos = 0;
        var products = 0;
        for (int i = 0; i < 5_000; i++) {
            var turn = Objects.requireNonNull(queue.next());
            queue.ended(turn, Duration.ofMillis(turn.piece()));
            photos += turn.lane() == Lane.PHOTOS ? turn.piece() : 0;
            products += turn.lane() == Lane.PRODUCTS ? turn.piece() : 0;
            assertThat(Math.abs(photos - products)).as("after %d", i).isLessThan(300);
        }
    }

    @Test
    void aLaneThatHadNoWorkIsNextAtOnceAndSavesNothingUp() {
        add(Lane.PHOTOS, 10_000, 100);
        work(1, 60_000);

        add(Lane.PRODUCTS, 10_000, 100);

        assertThat(Objects.requireNonNull(queue.next()).lane()).isEqualTo(Lane.PRODUCTS);
        work(1, 20_000);
        assertThat(of(Lane.PHOTOS)).isCloseTo(10_000, within(1_000));
    }

    @Test
    void queriesRunBeforeAllOthersAndCountForNone() {
        add(Lane.PHOTOS, 5, 10);
        add(Lane.PRODUCTS, 5, 10);
        add(Lane.QUERY, 3, 1_000);
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < 13; i++) {
            var turn = Objects.requireNonNull(queue.next());
            queue.ended(turn, Duration.ofMillis(turn.piece()));
            lanes.add(turn.lane());
        }

        assertThat(lanes.subList(0, 3)).containsOnly(Lane.QUERY);
        assertThat(lanes.subList(3, 7))
                .containsExactlyInAnyOrder(Lane.PHOTOS, Lane.PRODUCTS, Lane.PHOTOS, Lane.PRODUCTS);
        assertThat(queue.next()).isNull();
    }

    @Test
    void piecesOfALaneKeepTheirOrder() {
        List.of(1, 2, 3).forEach(piece -> queue.add(Lane.PHOTOS, piece));

        assertThat(Objects.requireNonNull(queue.next()).piece()).isEqualTo(1);
        assertThat(queue.remove(Lane.PHOTOS, 2)).isTrue();
        assertThat(queue.remove(Lane.PHOTOS, 2)).isFalse();
        assertThat(queue.drain()).containsExactly(3);
        assertThat(queue.next()).isNull();
    }
}
