package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.samplephotos.FaceMarkerReader;
import io.sluice.samplephotos.MarkedFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleVerbsTest {
    private final TestShell shell = new TestShell();

    @TempDir
    Path folder;

    private int draw(Path target, String... options) {
        var arguments = new ArrayList<>(List.of("samples", "photos", target.toString()));
        arguments.addAll(List.of(options));
        return shell.run(arguments.toArray(String[]::new));
    }

    @Test
    void drawsPhotosOfPeopleAndTellsWhoIsOnThem() throws IOException {
        var target = folder.resolve("new/samples");

        assertThat(draw(target, "--people", "2", "--photos", "3", "--seed", "1"))
                .isZero();

        assertThat(shell.out()).startsWith("Wrote 3 photos of 2 people and 2 selfies to " + target);
        assertThat(files(target))
                .containsExactly(
                        "img-001.jpg", "img-002.jpg", "img-003.jpg", "selfies/p1.jpg", "selfies/p2.jpg", "truth.json");
    }

    @Test
    void replacesTheSamplesOfAnEarlierRun() throws IOException {
        draw(folder, "--people", "2", "--photos", "2");
        Files.writeString(folder.resolve(".sluice-watch"), "the journal of a watcher");
        var before = faces(folder.resolve("selfies/p1.jpg"));

        assertThat(draw(folder, "--people", "1", "--photos", "1", "--seed", "2"))
                .isZero();

        assertThat(files(folder)).containsExactly(".sluice-watch", "img-001.jpg", "selfies/p1.jpg", "truth.json");
        assertThat(faces(folder.resolve("selfies/p1.jpg")).getFirst().marker())
                .isNotEqualTo(before.getFirst().marker());
    }

    @Test
    void leavesAFolderWithOtherFilesAlone() throws IOException {
        Files.writeString(folder.resolve("img-001.jpg"), "mine");
        assertThat(draw(folder, "--people", "1", "--photos", "1")).isEqualTo(1);
        assertThat(shell.err())
                .contains("has files that are not samples", "name a new folder")
                .hasLineCount(1);

        Files.writeString(folder.resolve("truth.json"), "{}");
        Files.writeString(folder.resolve("holiday.jpg"), "mine");
        assertThat(draw(folder, "--people", "1", "--photos", "1")).isEqualTo(1);

        assertThat(files(folder)).containsExactly("holiday.jpg", "img-001.jpg", "truth.json");
    }

    @Test
    void asksForAtLeastOnePersonAndOnePhoto() throws IOException {
        assertThat(draw(folder, "--people", "0")).isEqualTo(2);
        assertThat(draw(folder, "--photos", "0")).isEqualTo(2);
        assertThat(shell.err()).contains("--people and --photos must be at least 1");
        assertThat(files(folder)).isEmpty();
    }

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<MarkedFace> faces(Path photo) throws IOException {
        return FaceMarkerReader.facesIn(ImageIO.read(photo.toFile()));
    }
}
