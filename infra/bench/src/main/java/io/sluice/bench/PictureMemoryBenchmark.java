package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.Pictures;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.resize.Framing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Measures whether native memory grows while many pictures are decoded, of many sizes and some of them broken. */
final class PictureMemoryBenchmark implements Benchmark {
    private static final int THREADS = 2;
    private static final Framing FRAMING = new Framing(224, Framing.Fit.CENTER_CROP);
    private static final int[][] SIZES = {{64, 64}, {320, 240}, {800, 600}, {1280, 960}, {2000, 1500}, {4000, 3000}};

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @Override
    public String name() {
        return "pictures";
    }

    @Override
    public String description() {
        return "native memory over many pictures of mixed sizes and formats, whole and broken";
    }

    @Override
    public void run(Session session) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            run(session, threads);
        }
    }

    /** Uses the same threads throughout, as the embedder does: decoders keep some megabytes for each new thread. */
    private void run(Session session, ExecutorService threads) throws IOException {
        var files = files();
        var count = session.count(20_000, 400);
        decode(files, count / 10, threads);
        var before = nativeMegabytes();
        var refused = 0;
        for (int part = 1; part <= 10; part++) {
            refused += decode(files, count / 10, threads);
            session.tell("  %d pictures: %.0f MB".formatted(part * count / 10, nativeMegabytes()));
        }
        session.add(Figure.of("native memory after warming up", "MB", before));
        session.add(Figure.of("native memory grown over all pictures", "MB", nativeMegabytes() - before)
                .atMost(50));
        session.note("%d pictures by %d threads, of which %d were refused: JPEG and PNG of %d sizes up to 12 MP."
                .formatted(count, THREADS, refused, SIZES.length));
    }

    /** Makes, in each size, a JPEG, a PNG, a JPEG without its second half, and a PNG that is cut off. */
    private static List<byte[]> files() {
        var files = new ArrayList<byte[]>();
        for (int i = 0; i < SIZES.length; i++) {
            var jpeg = Pictures.jpeg(i, SIZES[i][0], SIZES[i][1]);
            var png = Pictures.png(i, SIZES[i][0], SIZES[i][1]);
            var halved = Arrays.copyOf(jpeg, jpeg.length / 2 + 2);
            halved[halved.length - 2] = (byte) 0xFF;
            halved[halved.length - 1] = (byte) 0xD9;
            files.addAll(List.of(jpeg, png, halved, Arrays.copyOf(png, png.length / 2)));
            // most pictures are small
            for (int again = i; again < SIZES.length - 1; again++) {
                files.add(jpeg);
            }
        }
        return files;
    }

    /** Decodes files, and returns how many were refused. */
    private int decode(List<byte[]> files, int count, ExecutorService threads) {
        var refused = new AtomicInteger();
        var decodes = IntStream.range(0, count)
                .mapToObj(i -> files.get(i % files.size()))
                .map(file -> CompletableFuture.runAsync(() -> decode(file, refused), threads))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(decodes).join();
        return refused.get();
    }

    private void decode(byte[] file, AtomicInteger refused) {
        try {
            decoder.decode(file, FRAMING);
        } catch (ImageRefusedException e) {
            refused.incrementAndGet();
        }
    }

    /** {@return resident memory without the committed heap} */
    private static double nativeMegabytes() throws IOException {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / 1e6;
        return RunningSluice.residentMegabytes(ProcessHandle.current().pid()) * 1.048576 - heap;
    }
}
