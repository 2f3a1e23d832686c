package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Rounds;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.DistinctJpegs;
import io.sluice.bench.load.Previews;
import io.sluice.bench.postgres.BarePostgres;
import io.sluice.bench.rekognition.BareIndexing;
import io.sluice.bench.rekognition.FaceServiceStandIn;
import io.sluice.bench.rekognition.FaceServiceStandIn.Stats;
import io.sluice.local.process.SluiceProcess;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stack.Endpoints;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Measures photos through the rekognizer: how much of what Rekognition allows one and two rekognizers use, and what a photo
 * costs beside a call by the SDK alone. The stack is one process, each rekognizer another one.
 */
final class RekognizerBenchmark implements Benchmark {
    private static final int[] CAPS = {5, 10, 50};
    private static final Duration LATENCY = Duration.ofMillis(300);
    /** The default of {@code AWS_CONCURRENT_REQUESTS}. */
    private static final int PERMITS = 10;
    /** The default of {@code SLUICE_REKOGNITION_TPS}. */
    private static final int TPS = 40;
    /** In this time the rate falls from the configured one to what is allowed. */
    private static final int WARM_UP_SECONDS = 15;

    private static final int MEASURED_SECONDS = 30;
    private static final long BETWEEN_LOOKS_MS = 100;
    /** More photos than two rekognizers work on at a time, so that none runs out of them. */
    private static final int WAITING = 200;

    private static final int DRAWN = 12;
    private static final int ROUNDS = 3;
    private static final double LEAST_USED = 0.8;
    private static final double MOST_CALLS = 1.3;

    /** The number of the next photo, so that each is new. */
    private int next;

    @Override
    public String name() {
        return "rekognizer";
    }

    @Override
    public String description() {
        return "photos/s through one and two rekognizers at 5, 10 and 50 calls/s, and beside bare calls";
    }

    /** The parts of one run of the benchmark. */
    private record Setting(
            RunningSluice sluice,
            DistinctJpegs previews,
            Upstream upstream,
            FaceServiceStandIn standIn,
            BarePostgres postgres) {
        URI rekognition() {
            return URI.create(sluice.endpoints().get(Endpoints.REKOGNITION));
        }

        SluiceProcess startRekognizer(int tps) throws InterruptedException {
            var endpoints = sluice.endpoints();
            var settings = Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", endpoints.get(Endpoints.KAFKA),
                    "DATABASE_URL", endpoints.get(Endpoints.POSTGRES),
                    "S3_ENDPOINT", endpoints.get(Endpoints.S3),
                    "REKOGNITION_ENDPOINT", endpoints.get(Endpoints.REKOGNITION),
                    "SLUICE_FACES", "on",
                    "AWS_CONCURRENT_REQUESTS", String.valueOf(PERMITS),
                    "SLUICE_REKOGNITION_TPS", String.valueOf(tps));
            return sluice.startService("rekognizer", "SLUICE_REKOGNIZER_PORT", settings);
        }

        /** Lets the rekognizers begin at the configured rate again. */
        void forgetRate() throws Exception {
            postgres.run("DELETE FROM operations.call_limits");
        }
    }

    @Override
    public void run(Session session) throws Exception {
        var previews = Previews.draw(DRAWN);
        session.note(
                "A preview has 640 pixels a side, %.0f KB and up to four people; %d calls at a time, %d ms each; warm-up %d s, then %d s."
                        .formatted(
                                previews.kilobytes(),
                                PERMITS,
                                LATENCY.toMillis(),
                                seconds(session, WARM_UP_SECONDS),
                                seconds(session, MEASURED_SECONDS)));
        var sluice = RunningSluice.fresh(session.folder());
        try (var _ = sluice.startStack();
                var upstream = Upstream.of(sluice.endpoints(), "none");
                var standIn =
                        new FaceServiceStandIn(URI.create(sluice.endpoints().get(Endpoints.REKOGNITION)));
                var postgres = new BarePostgres(sluice.endpoints().get(Endpoints.POSTGRES), "postgres")) {
            var setting = new Setting(sluice, previews, upstream, standIn, postgres);
            measureOwnCost(session, setting);
            measureCaps(session, setting);
            session.add(Figure.of("photos that were lost", "", (double) (next - upstream.count(Topics.PHOTO_FACES)))
                    .atMost(0));
            session.add(Figure.of("dead letters", "", (double) upstream.deadLetters())
                    .atMost(0));
        }
    }

    private static int seconds(Session session, int normally) {
        return session.count(normally, 5);
    }

    private void measureCaps(Session session, Setting setting) throws Exception {
        setting.forgetRate();
        try (var one = setting.startRekognizer(TPS)) {
            measureCaps(session, setting, "one rekognizer");
            try (var two = setting.startRekognizer(TPS)) {
                measureCaps(session, setting, "two rekognizers");
                session.add(Figure.of("peak RSS of the first rekognizer", "MB", peak(one)));
                session.add(Figure.of("peak RSS of the second", "MB", peak(two)));
            }
        }
    }

    private static double peak(SluiceProcess process) throws Exception {
        return RunningSluice.peakMegabytes(process.pid());
    }

    /** The stand-in's numbers after the warm-up and at the end. */
    private record Window(Stats warm, Stats end) {
        double perSecond() {
            return end.perSecondSince(warm);
        }
    }

    private void measureCaps(Session session, Setting setting, String who) throws Exception {
        for (var cap : CAPS) {
            var what = "%d calls/s, %s".formatted(cap, who);
            var window = session.once(what, () -> window(session, setting, cap));
            session.add(window.figure(what, "photos/s", Window::perSecond));
            session.add(share(window, what, cap));
            session.add(window.figure(what + ": calls a photo", "", w -> w.end().callsPerSuccessSince(w.warm()))
                    .atMost(MOST_CALLS));
            session.add(window.figure(
                    what + ": throttled",
                    "calls",
                    w -> w.end().throttled() - w.warm().throttled()));
            session.add(window.figure(
                            what + ": most in flight", "calls", w -> w.end().maxInFlight())
                    .atMost(PERMITS));
        }
    }

    /** {@return the share that is used of the calls per second, or of the calls in flight when these allow less} */
    private static Figure share(Rounds<Window> window, String what, int cap) {
        var atATime = PERMITS * 1_000.0 / LATENCY.toMillis();
        if (cap > atATime) {
            return window.figure(
                    "%s: share used of %.1f, which %d at a time allow".formatted(what, atATime, PERMITS),
                    "",
                    w -> w.perSecond() / atATime);
        }
        return window.figure(what + ": share used", "", w -> w.perSecond() / cap)
                .atLeast(LEAST_USED);
    }

    private Window window(Session session, Setting setting, int cap) throws Exception {
        var standIn = setting.standIn();
        setting.forgetRate();
        standIn.allow(cap, LATENCY);
        var first = next;
        var warm = feed(setting, first, seconds(session, WARM_UP_SECONDS));
        var end = feed(setting, first, seconds(session, MEASURED_SECONDS));
        standIn.allowAll();
        setting.forgetRate();
        setting.upstream().awaitRecognized();
        return new Window(warm, end);
    }

    /**
     * Gives the rekognizers as many photos as they take in some seconds, from the first call that is served.
     *
     * @param first number of those that the stand-in has counted
     * @return the stand-in's numbers at the end
     */
    private Stats feed(Setting setting, int first, int seconds) throws Exception {
        var served = setting.standIn().stats();
        while (true) {
            var stats = setting.standIn().stats();
            if (served.succeeded() == 0) {
                served = stats;
            } else if (stats.at() - served.at() >= TimeUnit.SECONDS.toNanos(seconds)) {
                return stats;
            }
            var wanted = first + (int) stats.succeeded() + WAITING;
            if (next < wanted) {
                setting.upstream().publishPhotos(stored(setting, wanted - next));
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
        }
    }

    /**
     * One round.
     *
     * @param bare photos per second
     * @param ours photos per second
     */
    private record Pair(double bare, double ours) {
        double ratio() {
            return ours / bare;
        }
    }

    private void measureOwnCost(Session session, Setting setting) throws Exception {
        var photos = session.count(200, 40);
        try (var rekognizer = setting.startRekognizer(10_000);
                var bare = new BareIndexing(setting.rekognition(), PERMITS)) {
            setting.standIn().allowAll();
            pair(setting, bare, session.count(400, 40)); // warms up
            Rounds<Pair> rounds =
                    session.rounds("bare calls and one rekognizer", ROUNDS, () -> pair(setting, bare, photos));
            session.add(rounds.figure("no limit, no latency: bare calls", "photos/s", Pair::bare));
            session.add(rounds.figure("no limit, no latency: one rekognizer", "photos/s", Pair::ours));
            session.add(rounds.figure("ratio of both", "", Pair::ratio));
            session.add(Figure.of("peak RSS of the rekognizer", "MB", peak(rekognizer)));
        }
    }

    private Pair pair(Setting setting, BareIndexing bare, int count) throws Exception {
        var photos = stored(setting, count);
        var began = System.nanoTime();
        bare.index(setting.previews(), next - count, count);
        var between = System.nanoTime();
        setting.upstream().publishPhotos(photos);
        setting.upstream().awaitRecognized();
        var ended = System.nanoTime();
        return new Pair(count / ((between - began) / 1e9), count / ((ended - between) / 1e9));
    }

    /** Stores the previews of new photos. */
    private List<PreparedPhoto> stored(Setting setting, int count) {
        var from = next;
        next += count;
        return IntStream.range(from, next)
                .parallel()
                .mapToObj(number -> photo("photo-" + number, setting, number))
                .toList();
    }

    private static PreparedPhoto photo(String id, Setting setting, int number) {
        var preview = setting.upstream()
                .objects()
                .put("photos/bench", setting.previews().file(number), "image/jpeg");
        var original = new StoredObject("sluice", "photos/bench/original/" + number, "a".repeat(64), "image/jpeg", 1);
        return new PreparedPhoto(
                new PhotoSaved(id, "bench", id + ".jpg", original, null), preview, preview, 2_048, 1_536, null);
    }
}
