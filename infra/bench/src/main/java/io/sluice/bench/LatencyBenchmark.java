package io.sluice.bench;

import io.sluice.local.client.Answer;
import io.sluice.local.client.Picture;
import io.sluice.local.client.SluiceClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** One caller, one product at a time, on an idle pipeline. */
final class LatencyBenchmark implements Benchmark {
    private static final int WARM_UP = 200;
    private static final int CALLS = 400;
    /** A noise PNG of this many pixels a side has about 200 KB. */
    private static final int SIDE = 256;

    private final Random random = new Random(1);

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "sync index, async accept with a 200 KB picture, and search; one caller, idle pipeline";
    }

    @Override
    public List<Measurement> run(Path folder) throws Exception {
        var sluice = new RunningSluice(folder);
        try (var _ = sluice.start();
                var client = new SluiceClient(sluice.gateway())) {
            var sync = measure("sync", i -> expect(200, client.saveProduct(fields("sync-" + i))));
            var accept = measure("accept", i -> expect(202, client.saveProduct(fields("accept-" + i), picture())));
            var search = measure("search", i -> expect(200, client.search(Map.of("q", words()))));
            return List.of(
                    new Measurement("sync index of a text product, p50", sync.median(), "ms", 60.0, sync.count()),
                    new Measurement(
                            "sync index of a text product, p95", sync.percentile(0.95), "ms", 120.0, sync.count()),
                    new Measurement(
                            "async accept with a 200 KB picture, p50", accept.median(), "ms", null, accept.count()),
                    new Measurement(
                            "async accept with a 200 KB picture, p95",
                            accept.percentile(0.95),
                            "ms",
                            40.0,
                            accept.count()),
                    new Measurement(
                            "search by text, a new query each time, p50", search.median(), "ms", null, search.count()),
                    new Measurement(
                            "search by text, a new query each time, p95",
                            search.percentile(0.95),
                            "ms",
                            null,
                            search.count()));
        }
    }

    /** One call; whatever goes wrong ends the benchmark. */
    @FunctionalInterface
    private interface Call {
        void run(int number) throws IOException;
    }

    private static Samples measure(String what, Call call) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            call.run(-1 - i);
        }
        var samples = new Samples();
        for (int i = 0; i < CALLS; i++) {
            var started = System.nanoTime();
            call.run(i);
            samples.add((System.nanoTime() - started) / 1e6);
        }
        System.err.println(what + " measured");
        return samples;
    }

    private static void expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", was answered " + answer.problem());
        }
    }

    private Map<String, String> fields(String id) {
        return Map.of(
                "product_id", id, "name", words(), "description", words() + " " + words(), "metadata", "SKU-" + id);
    }

    private String words() {
        var vocabulary = List.of(
                "red", "blue", "ceramic", "wooden", "chair", "mug", "light", "running", "shoe", "garden", "lamp",
                "steel");
        var words = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            words.append(vocabulary.get(random.nextInt(vocabulary.size()))).append(' ');
        }
        return words.append(random.nextInt(1_000_000)).toString();
    }

    private Picture picture() throws IOException {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return new Picture("noise.png", "image/png", bytes.toByteArray());
    }
}
