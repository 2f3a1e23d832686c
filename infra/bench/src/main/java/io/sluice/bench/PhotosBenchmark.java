package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Rounds;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.DistinctJpegs;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.photo.PhotoStatus;
import io.sluice.client.photo.UploadedPhoto;
import io.sluice.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Measures uploads of photos. The reference is to put the same bytes into the same store, by as many threads at once, in
 * turns with the uploads. Meanwhile users look at their galleries.
 */
final class PhotosBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final int DRAWN = 6;
    private static final int USERS = 20;
    private static final int CALLERS = 4;
    private static final int FILES_IN_A_CALL = 10;
    private static final int PAGE = 200;
    private static final long LOOK_MS = 250;
    private static final Duration REST = Duration.ofMinutes(1);
    private static final double P95 = 0.95;
    /** A pause reaches every instance within 2 s. */
    private static final Duration PAUSED_AFTER = Duration.ofSeconds(3);

    /** The number of the next photo, so that each is new. */
    private int next;

    @Override
    public String name() {
        return "photos";
    }

    @Override
    public String description() {
        return "100 and 1,000 photos of 2 MB beside bare PUTs of the same bytes, while 20 users look at their galleries";
    }

    /** The parts of one run of the benchmark. */
    private record Setting(DistinctJpegs files, Upstream upstream, PhotoUsers users, SluiceClient admin) {}

    @Override
    public void run(Session session) throws Exception {
        var files = DistinctJpegs.drawPhotos(DRAWN);
        session.note("A photo has 8 megapixels and %.1f MB. %d callers upload %d photos a call."
                .formatted(files.kilobytes() / 1024, CALLERS, FILES_IN_A_CALL));
        // more waiting photos, and more uploads a minute, than the limits for people
        var sluice = RunningSluice.fresh(
                session.folder(), Map.of("PHOTO_QUEUE_MAX_SIZE", "10000", "SLUICE_UPLOADS_PER_MINUTE", "100000"));
        try (var up = sluice.start();
                var upstream = Upstream.of(sluice.endpoints(), "builtin-1");
                var admin = sluice.client();
                var users = PhotoUsers.add(sluice, USERS)) {
            var setting = new Setting(files, upstream, users, admin);
            turn(setting, session.count(100, 10));
            measurePaused(session, setting, session.count(100, 20));
            measure(session, setting, session.count(100, 20), ROUNDS);
            try (var memory = ResidentMemory.of(up.pid())) {
                session.add(Figure.of("RSS of `up` before the many photos", "MB", memory.now()));
                measure(session, setting, session.count(1_000, 40), 1);
                session.add(Figure.of("its peak with the many photos", "MB", memory.most()));
                TimeUnit.SECONDS.sleep(session.count((int) REST.toSeconds(), 1));
                session.add(Figure.of("RSS of `up` a minute after", "MB", memory.now()));
            }
            session.add(Figure.of("looks at a gallery without an answer, or with a 5xx", "", users.failed())
                    .atMost(0));
        }
    }

    /** Measures uploads of photos that are not prepared at the same time, as if another machine prepared them. */
    private void measurePaused(Session session, Setting setting, int count) throws Exception {
        var what = "%,d photos, which are prepared later".formatted(count);
        var pipelines = setting.admin().pipelines();
        Rounds<Turn> rounds = session.rounds(what, ROUNDS, () -> {
            pipelines.pause(Topics.PHOTO_PREPARER, "benchmark").orElseThrow();
            TimeUnit.SECONDS.sleep(PAUSED_AFTER.toSeconds());
            return turn(
                    setting,
                    count,
                    () -> pipelines.resume(Topics.PHOTO_PREPARER).orElseThrow());
        });
        session.add(rounds.figure(what + ": accepted", "s", Turn::accepted));
        session.add(rounds.figure(what + ": accepted, in times of the bare PUTs", "", Turn::ratio)
                .atMost(1.5));
    }

    private void measure(Session session, Setting setting, int count, int most) throws Exception {
        var what = "%,d photos".formatted(count);
        Rounds<Turn> rounds = session.rounds(what, most, () -> turn(setting, count));
        session.add(rounds.figure(what + ": bare PUTs", "s", Turn::bare));
        var accepted = rounds.figure(what + ": accepted", "s", Turn::accepted);
        session.add(count > 100 ? accepted : accepted.atMost(10));
        session.add(rounds.figure(what + ": accepted, in times of the bare PUTs", "", Turn::ratio)
                .atMost(1.5));
        session.add(rounds.figure(what + ": prepared", "a second", turn -> count / turn.prepared()));
        session.add(rounds.figure(
                what + ": a gallery meanwhile, p50", "ms", turn -> turn.looks().median()));
        session.add(rounds.figure(
                        what + ": a gallery meanwhile, p95",
                        "ms",
                        turn -> turn.looks().percentile(P95))
                .atMost(100));
    }

    /**
     * The bare PUTs of some photos and their upload.
     *
     * @param bare seconds of the PUTs
     * @param accepted seconds until all uploads were answered
     * @param prepared seconds from the first upload until all photos were prepared
     * @param looks how long galleries took from the first upload until all photos were prepared, in ms
     */
    private record Turn(double bare, double accepted, double prepared, Samples looks) {
        double ratio() {
            return accepted / bare;
        }
    }

    private Turn turn(Setting setting, int count) throws Exception {
        return turn(setting, count, () -> true);
    }

    private Turn turn(Setting setting, int count, Callable<?> whenAccepted) throws Exception {
        var from = next;
        next += count;
        var objects = setting.upstream().objects();
        var bare = seconds(count, call -> {
            for (int number : numbers(call, count)) {
                objects.put("bench", setting.files().file(from + number), "image/jpeg");
            }
        });
        setting.users().looks();
        var started = System.nanoTime();
        var accepted = seconds(count, call -> upload(setting, call, from, count));
        whenAccepted.call();
        awaitPrepared(setting.admin(), count);
        return new Turn(
                bare,
                accepted,
                (System.nanoTime() - started) / 1e9,
                setting.users().looks());
    }

    private static int[] numbers(int call, int count) {
        return IntStream.range(call * FILES_IN_A_CALL, Math.min(count, (call + 1) * FILES_IN_A_CALL))
                .toArray();
    }

    private static void upload(Setting setting, int call, int from, int count) throws IOException {
        var parts = new ArrayList<FileInMemory>();
        for (int number : numbers(call, count)) {
            var file = setting.files().file(from + number);
            parts.add(new FileInMemory("photo-" + (from + number) + ".jpg", "image/jpeg", file));
        }
        var answers = setting.users().client(call).photos().upload(parts).orElseThrow();
        if (!answers.stream().allMatch(UploadedPhoto.Queued.class::isInstance)) {
            throw new IllegalStateException("a photo was not accepted: " + answers);
        }
    }

    /** One call of a caller. An exception ends the benchmark. */
    @FunctionalInterface
    private interface Call {
        void run(int number) throws IOException;
    }

    /** {@return the seconds that calls for this many photos take} */
    private static double seconds(int count, Call call) throws Exception {
        var calls = (count + FILES_IN_A_CALL - 1) / FILES_IN_A_CALL;
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var started = System.nanoTime();
            var all = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < calls; i++) {
                var number = i;
                Callable<Boolean> task = () -> {
                    call.run(number);
                    return true;
                };
                all.add(threads.submit(task));
            }
            for (var done : all) {
                done.get();
            }
            return (System.nanoTime() - started) / 1e9;
        }
    }

    /** Waits until the newest photos are prepared. */
    private void awaitPrepared(SluiceClient admin, int newest) throws IOException, InterruptedException {
        var before = "";
        for (int prepared = 0; prepared < newest; ) {
            var page = admin.photos()
                    .all(before, Math.min(PAGE, newest - prepared))
                    .orElseThrow();
            if (page.photos().stream().anyMatch(photo -> photo.status() == PhotoStatus.FAILED)) {
                throw new IllegalStateException("a photo was not prepared");
            }
            // every photo of the benchmark is counted: the newest ones are all there when the total is right
            if (page.total() == next
                    && page.photos().stream().allMatch(photo -> photo.status().isPrepared())) {
                prepared += page.photos().size();
                before = page.next();
            } else {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
    }
}
