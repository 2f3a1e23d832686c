package io.sluice.qdrant;

import static io.sluice.qdrant.Samples.num;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.QueryFactory;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScrollPoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of a server that was killed with kill -9 during writes. */
class KillIT {
    private static final int ROUNDS = 2;
    private static final int ANSWERS_PER_ROUND = 600;

    @Test
    void everyAnsweredWriteOutlivesAKillInMidLoad(@TempDir Path folder) throws Exception {
        var answered = new TreeSet<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            var first = answered.isEmpty() ? 0 : answered.last() + 1000;
            answered.addAll(idsAnsweredUntilKilled(folder, first));
        }
        assertThat(answered).hasSizeGreaterThanOrEqualTo(ROUNDS * ANSWERS_PER_ROUND);
        try (var qdrant = LocalQdrant.on(folder)) {
            var there = writesById(qdrant);
            assertThat(there.keySet()).containsAll(answered);
            assertThat(there.values().stream()
                            .collect(groupingBy(identity(), counting()))
                            .values())
                    .as("a write is there whole or not at all")
                    .containsOnly((long) LoadedServer.POINTS_PER_WRITE);
            var some = answered.last();
            var nearest = qdrant.points()
                    .query(QueryPoints.newBuilder()
                            .setCollectionName("c")
                            .setQuery(QueryFactory.nearest(LoadedServer.vector(some)))
                            .setLimit(1)
                            .build())
                    .getResult(0);
            assertThat(nearest.getId()).isEqualTo(num(some));
        }
    }

    private static Set<Long> idsAnsweredUntilKilled(Path folder, long first) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadedServer.class.getName(),
                        folder.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var answered = new HashSet<Long>();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            var line = lines.readLine();
            while (line != null) {
                if (line.matches("\\d+")) {
                    answered.add(Long.valueOf(line));
                }
                if (answered.size() >= ANSWERS_PER_ROUND) {
                    process.toHandle()
                            .destroyForcibly(); // Process.destroyForcibly would close the pipe that the test reads
                }
                line = lines.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answered;
    }

    /** For each id, the first id of the write that stored the point. */
    private static Map<Long, Long> writesById(LocalQdrant qdrant) {
        return qdrant
                .points()
                .scroll(ScrollPoints.newBuilder()
                        .setCollectionName("c")
                        .setLimit(1_000_000)
                        .build())
                .getResultList()
                .stream()
                .collect(toMap(
                        point -> point.getId().getNum(),
                        point -> point.getPayloadOrThrow("first").getIntegerValue()));
    }
}
