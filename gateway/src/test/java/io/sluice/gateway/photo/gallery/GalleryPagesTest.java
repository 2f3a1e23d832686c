package io.sluice.gateway.photo.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.stores.photo.GalleryTable.Page;
import io.sluice.stores.photo.GalleryTable.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The cache of galleries, with a reader that counts, and can be made to wait. */
class GalleryPagesTest {
    private static final Part ANN = new Part("ann", 50, null);
    private static final Part BOB = new Part("bob", 50, null);
    private static final Part ALL = new Part(null, 50, null);

    private final Map<Part, Integer> readings = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> door = CompletableFuture.completedFuture(null);
    private final GalleryPages pages = new GalleryPages(Duration.ofSeconds(30), this::read);

    /** The total of a page is the number of its reading, taken before the wait. */
    private Page read(Part part) {
        var total = readings.merge(part, 1, Integer::sum);
        door.join();
        return new Page(List.of(), null, total);
    }

    @Test
    void aPageIsReadOnceAndKept() {
        assertThat(pages.page(ANN).total()).isEqualTo(1);
        assertThat(pages.page(ANN).total()).isEqualTo(1);
        assertThat(pages.page(new Part("ann", 51, null)).total()).isEqualTo(1);

        assertThat(pages.size()).isEqualTo(2);
        assertThat(pages.hits()).isEqualTo(1);
        assertThat(pages.misses()).isEqualTo(2);
    }

    @Test
    void manyReadersOfAMissingPageWaitForOneReading() {
        door = new CompletableFuture<>();
        var started = new Phaser(1);
        var readers = IntStream.range(0, 20)
                .mapToObj(i -> {
                    started.register();
                    return async(() -> {
                        started.arrive();
                        return pages.page(ANN);
                    });
                })
                .toList();
        started.arriveAndAwaitAdvance();
        await().until(() -> readings.containsKey(ANN));

        door.complete(null);

        assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.join().total()).isEqualTo(1));
        assertThat(readings).containsEntry(ANN, 1);
    }

    @Test
    void aReadingThatBeganBeforeAChangeIsNotKept() {
        for (var change : List.<Runnable>of(() -> pages.forget("ann"), pages::forgetAll)) {
            pages.forgetAll();
            readings.clear();
            door = new CompletableFuture<>();
            var early = async(() -> pages.page(ANN));
            await().until(() -> readings.containsKey(ANN));

            change.run();
            var late = async(() -> pages.page(ANN));
            await().until(() -> readings.getOrDefault(ANN, 0) == 2);
            door.complete(null);

            assertThat(early.join().total()).isEqualTo(1);
            assertThat(late.join().total()).isEqualTo(2);
            assertThat(pages.page(ANN).total()).isEqualTo(2);
        }
    }

    @Test
    void aChangeOfOneOwnerLeavesThePagesOfOthers() {
        for (var part : List.of(ANN, BOB, ALL)) {
            pages.page(part);
        }

        pages.forget("ann");

        assertThat(pages.page(ANN).total()).isEqualTo(2);
        assertThat(pages.page(ALL).total()).isEqualTo(2);
        assertThat(pages.page(BOB).total()).isEqualTo(1);
    }

    @Test
    void aReadingThatFailedIsNotKept() {
        door = CompletableFuture.failedFuture(new IllegalArgumentException("no"));
        assertThatThrownBy(() -> pages.page(ANN)).hasMessage("no");

        door = CompletableFuture.completedFuture(null);
        assertThat(pages.page(ANN).total()).isEqualTo(2);
    }

    private static CompletableFuture<Page> async(Supplier<Page> reading) {
        return CompletableFuture.supplyAsync(reading, task -> Thread.ofVirtual().start(task));
    }
}
