package io.sluice.samplephotos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePhotosTest {
    private static final int PREVIEW = 1_920;
    /** The first and the last mark of a JPEG. */
    private static final byte[] NO_PIXELS = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9};

    @TempDir
    Path folder;

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        SamplePhotos.of(3, 5, 7).write(folder.resolve("one"));
        SamplePhotos.of(3, 5, 7).write(folder.resolve("two"));

        var one = contents(folder.resolve("one"));

        assertThat(one)
                .containsOnlyKeys(
                        "truth.json",
                        "selfies/p1.jpg",
                        "selfies/p2.jpg",
                        "selfies/p3.jpg",
                        "img-001.jpg",
                        "img-002.jpg",
                        "img-003.jpg",
                        "img-004.jpg",
                        "img-005.jpg")
                .isEqualTo(contents(folder.resolve("two")));
        SamplePhotos.of(3, 5, 8).write(folder.resolve("other"));
        assertThat(contents(folder.resolve("other")).values()).doesNotContainAnyElementsOf(one.values());
    }

    private static Map<String, List<Byte>> contents(Path folder) throws IOException {
        var contents = new TreeMap<String, List<Byte>>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new ArrayList<Byte>();
                for (var next : Files.readAllBytes(file)) {
                    bytes.add(next);
                }
                contents.put(folder.relativize(file).toString(), bytes);
            }
        }
        return contents;
    }

    @Seeded
    @Test
    void theTruthHoldsForPhotosThatWereTurnedUprightScaledAndSavedAgain(Seed seed) throws IOException {
        SamplePhotos.of(5, 18, seed.value()).write(folder);
        var truth = new ObjectMapper().readTree(folder.resolve("truth.json").toFile());
        var selfies = new TreeMap<FaceMarker, String>((a, b) -> Integer.compare(a.number(), b.number()));
        for (var person : truth.path("people").properties()) {
            var faces = facesIn(person.getValue().path("selfie").asText());
            assertThat(faces).hasSize(1);
            selfies.put(faces.getFirst().marker(), person.getKey());
        }
        assertThat(selfies.values()).containsExactlyInAnyOrder("p1", "p2", "p3", "p4", "p5");

        assertThat(truth.path("photos").size()).isEqualTo(18);
        for (var photo : truth.path("photos").properties()) {
            var faces = facesIn(photo.getKey());
            assertThat(faces)
                    .as(photo.getKey())
                    .extracting(face -> selfies.get(face.marker()))
                    .containsExactlyInAnyOrderElementsOf(names(photo.getValue()));
            assertThat(faces).allMatch(face -> face.quarterTurns() == 0);
        }
    }

    private static List<String> names(JsonNode array) {
        var names = new ArrayList<String>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }

    /** {@return the faces in what a service would make of the photo} */
    private List<MarkedFace> facesIn(String file) throws IOException {
        var preview = Copies.saved(Copies.scaled(upright(Files.readAllBytes(folder.resolve(file))), PREVIEW), 0.75f);
        var faces = FaceMarkerReader.facesIn(preview);
        var all = new Rectangle(preview.getWidth(), preview.getHeight());
        assertThat(faces).allMatch(face -> all.contains(face.box()));
        return faces;
    }

    private static BufferedImage upright(byte[] file) throws IOException {
        var orientation = ExifFields.of(file).get(0x0112);
        var stored = ImageIO.read(new ByteArrayInputStream(file));
        return switch (String.valueOf(orientation)) {
            case "3" -> Turn.HALF.shown(stored);
            case "6" -> Turn.RIGHT.shown(stored);
            case "8" -> Turn.LEFT.shown(stored);
            default -> stored;
        };
    }

    @Test
    void everyPhotoPassesTheDoorAndTellsHowItIsTurned() {
        var inspector = new ImageInspector(ImageInspector.Limits.ofDefaults());
        var orientations = new TreeMap<Integer, Integer>();
        for (var photo : SamplePhotos.of(4, 14, 3).photos()) {
            var seen = inspector.inspect(photo.jpeg());
            assertThat(seen).isInstanceOfSatisfying(Inspection.Accepted.class, accepted -> {
                var orientation = accepted.still().orientation();
                assertThat(orientation.value())
                        .isEqualTo(photo.camera().orientation().exif());
                assertThat(orientation.swapsSides() ? accepted.height() : accepted.width())
                        .isEqualTo(photo.width());
                orientations.merge(orientation.value(), 1, Integer::sum);
            });
        }
        assertThat(orientations).containsOnlyKeys(1, 3, 6, 8);
    }

    @Test
    void exifTellsWhenAndSometimesWhere() {
        var days = new HashSet<String>();
        var seen = new HashSet<String>();
        for (var photo : SamplePhotos.of(3, 30, 5).photos()) {
            var camera = photo.camera();
            var exif = ExifFields.of(camera.into(NO_PIXELS));
            var takenAt = String.valueOf(exif.get(0x9003));
            assertThat(takenAt)
                    .isEqualTo(
                            DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss").format(camera.takenAt()));
            assertThat(exif.get(0x9011)).isEqualTo(camera.offset() == null ? null : "+02:00");
            assertThat(exif.containsKey(2)).isEqualTo(camera.position() != null);
            days.add(takenAt.substring(0, 10));
            seen.add(takenAt);
            seen.add(exif.containsKey(0x9011) ? "offset" : "no offset");
            seen.add(exif.containsKey(2) ? "place" : "no place");
        }
        assertThat(days).hasSizeGreaterThanOrEqualTo(3);
        assertThat(seen).hasSize(34).contains("offset", "no offset", "place", "no place");
    }

    @Test
    void aPlaceIsInDegreesMinutesAndSeconds() {
        var berlin = new CameraData.Position(52.5125, -13.25);
        var camera = new CameraData(Turn.HALF, LocalDate.EPOCH.atStartOfDay(), ZoneOffset.UTC, berlin);

        var exif = ExifFields.of(camera.into(NO_PIXELS));

        assertThat(exif)
                .containsEntry(0x0112, "3")
                .containsEntry(0x9003, "1970:01:01 00:00:00")
                .containsEntry(0x9011, "+00:00")
                .containsEntry(1, "N")
                .containsEntry(2, "52.0 30.0 45.0")
                .containsEntry(3, "W")
                .containsEntry(4, "13.0 15.0 0.0");
    }

    @Test
    void everybodyIsOnAPhotoAndSomePhotosHaveNobody() {
        var samples = SamplePhotos.of(5, 60, 1);
        assertThat(samples.photos()).flatExtracting(SamplePhoto::people).containsAll(samples.people());
        assertThat(samples.photos()).extracting(photo -> photo.people().size()).contains(0, 1, 2, 3, 4);
        assertThat(SamplePhotos.of(1, 2, 1).photos()).hasSize(2);
    }

    @Test
    void samplesOfNobodyAreRefused() {
        assertThatThrownBy(() -> SamplePhotos.of(0, 1, 1)).hasMessageContaining("at least one person");
        assertThatThrownBy(() -> SamplePhotos.of(1, 0, 1)).hasMessageContaining("one photo");
    }
}
