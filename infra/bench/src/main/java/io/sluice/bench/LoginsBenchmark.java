package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.SampleModel;
import io.sluice.client.accounts.Login;
import io.sluice.client.accounts.SignIn;
import io.sluice.schemas.product.ProductSaved;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Measures logins, whose hash of the password is slow on purpose, and what many of them do to indexing. */
final class LoginsBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final int AT_ONCE = 20;

    @Override
    public String name() {
        return "logins";
    }

    @Override
    public String description() {
        return "one login after the other, and 20 at once beside products that are indexed";
    }

    @Override
    public void run(Session session) throws Exception {
        var sample = SampleModel.builtin();
        var sluice = RunningSluice.fresh(session.folder(), sample.settings());
        try (var up = sluice.start();
                var upstream = Upstream.of(sluice.endpoints(), sample.index());
                var signIn = new SignIn(sluice.gateway(), Clock.systemUTC())) {
            var admin = sluice.admin();
            logins(signIn, admin, session.count(50, 10));
            var one = session.rounds("one caller", ROUNDS, () -> logins(signIn, admin, session.count(40, 10)));
            session.add(one.figure("login, p50", "ms", Samples::median).atMost(150));
            session.add(one.figure("login, p95", "ms", samples -> samples.percentile(0.95)));

            var pictured = new PicturedProducts(sample, 640, 480);
            var count = session.count(300, 60);
            upstream.index(upstream.stored(pictured.take(session.count(300, 60))));
            var pairs = session.rounds("beside indexing", ROUNDS, () -> {
                var alone = seconds(() -> index(upstream, upstream.stored(pictured.take(count))));
                var products = upstream.stored(pictured.take(count));
                return new Pair(alone, beside(signIn, admin, () -> index(upstream, products)));
            });
            session.add(pairs.figure("indexing %d products".formatted(count), "s", Pair::alone));
            session.add(pairs.figure(
                    "the same beside %d logins at once".formatted(AT_ONCE),
                    "s",
                    pair -> pair.beside().seconds()));
            session.add(pairs.figure("ratio of both", "", pair -> pair.beside().seconds() / pair.alone())
                    .atMost(1.5));
            session.add(pairs.figure(
                    "the last of %d logins at once".formatted(AT_ONCE),
                    "ms",
                    pair -> pair.beside().logins().max()));
            if (!up.isAlive()) {
                throw new IllegalStateException("`up` ended");
            }
        }
    }

    /** One round: the seconds that indexing takes alone, and beside the logins. */
    private record Pair(double alone, Beside beside) {}

    private record Beside(double seconds, Samples logins) {}

    private static Beside beside(SignIn signIn, Login login, Callable<Void> work) throws Exception {
        var samples = new Samples();
        Callable<Void> caller = () -> {
            samples.add(milliseconds(signIn, login));
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var started = System.nanoTime();
            var callers = IntStream.range(0, AT_ONCE)
                    .mapToObj(_ -> threads.submit(caller))
                    .toList();
            work.call();
            var seconds = (System.nanoTime() - started) / 1e9;
            for (var done : callers) {
                done.get();
            }
            return new Beside(seconds, samples);
        }
    }

    private static Samples logins(SignIn signIn, Login login, int count) throws Exception {
        var samples = new Samples();
        for (var i = 0; i < count; i++) {
            samples.add(milliseconds(signIn, login));
        }
        return samples;
    }

    private static double milliseconds(SignIn signIn, Login login) throws Exception {
        return 1e3
                * seconds(() -> {
                    var _ = signIn.login(login).orElseThrow();
                    return null;
                });
    }

    private static double seconds(Callable<Void> work) throws Exception {
        var started = System.nanoTime();
        work.call();
        return (System.nanoTime() - started) / 1e9;
    }

    private static Void index(Upstream upstream, List<ProductSaved> products) throws Exception {
        upstream.index(products);
        return null;
    }
}
