package io.sluice.rekognition;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.samplemodels.FaceBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.Face;

/** The data of a server that was killed with kill -9 during calls. */
class KillIT {
    private static final int ANSWERS_PER_ROUND = 60;

    @Test
    void everyFaceThatWasAnsweredOutlivesAKillInMidLoad(@TempDir Path folder) throws Exception {
        everyFaceOutlivesAKill(folder, null, 2);
    }

    @Test
    void soDoesWhatAModelHasSaidOfAFace(@TempDir Path folder, @TempDir Path models) throws Exception {
        FaceBundle.write(models);
        everyFaceOutlivesAKill(folder, models, 1);
    }

    private static void everyFaceOutlivesAKill(Path folder, @Nullable Path models, int rounds) throws Exception {
        var answered = new HashSet<Integer>();
        for (int round = 0; round < rounds; round++) {
            answered.addAll(idsAnsweredUntilKilled(folder, round * 10_000, models));
        }
        assertThat(answered).hasSizeGreaterThanOrEqualTo(rounds * ANSWERS_PER_ROUND);
        try (var rekognition = models == null ? LocalRekognition.on(folder) : LocalRekognition.on(folder, models)) {
            var faces = rekognition.client().listFacesPaginator(request -> request.collectionId("c")).stream()
                    .flatMap(page -> page.faces().stream())
                    .collect(groupingBy(face -> Integer.valueOf(face.externalImageId()), counting()));

            assertThat(faces.keySet()).containsAll(answered);
            assertThat(faces.values())
                    .as("a picture has both of its faces or none")
                    .containsOnly(2L);
            var some = rekognition
                    .client()
                    .listFaces(request -> request.collectionId("c"))
                    .faces()
                    .getFirst();
            assertThat(rekognition
                            .client()
                            .searchFaces(request -> request.collectionId("c").faceId(some.faceId()))
                            .faceMatches())
                    .as("the others of one of the two people")
                    .hasSize(faces.size() - 1)
                    .extracting(match -> match.face())
                    .extracting(Face::faceId)
                    .doesNotHaveDuplicates();
        }
    }

    private static Set<Integer> idsAnsweredUntilKilled(Path folder, int first, @Nullable Path models)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LoadedServer.class.getName(),
                folder.toString(),
                Integer.toString(first)));
        if (models != null) {
            command.add(models.toString());
        }
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var answered = new HashSet<Integer>();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("\\d+")) {
                    answered.add(Integer.valueOf(line));
                }
                if (answered.size() >= ANSWERS_PER_ROUND) {
                    process.toHandle()
                            .destroyForcibly(); // Process.destroyForcibly would close the pipe that the test reads
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answered;
    }
}
