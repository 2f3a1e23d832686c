package io.sluice.samplephotos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaceMarkerReaderTest {
    private static final int SIDE = 800;
    private static final double HEAD = 320;

    private static BufferedImage portrait(Person person, double tilt) {
        var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        var canvas = picture.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(Color.GRAY);
        canvas.fillRect(0, 0, SIDE, SIDE);
        new PersonDrawing(person).draw(canvas, new PersonDrawing.Place(SIDE / 2.0, SIDE / 2.0, HEAD, tilt));
        canvas.dispose();
        return picture;
    }

    @Seeded
    @Test
    void aMarkerTellsWhoItIsAndWhereTheFaceIs(Seed seed) {
        var person = Person.of(1, seed.value()).getFirst();

        var faces = FaceMarkerReader.facesIn(portrait(person, 0));

        assertThat(faces).singleElement().satisfies(face -> {
            assertThat(face.marker()).isEqualTo(person.marker());
            assertThat(face.quarterTurns()).isZero();
            assertThat(face.box().getCenterX()).isCloseTo(SIDE / 2.0, within(2.0));
            assertThat(face.box().getCenterY()).isCloseTo(SIDE / 2.0, within(2.0));
            assertThat(face.box().getWidth()).isCloseTo(HEAD, within(4.0));
            assertThat(face.box().getHeight()).isCloseTo(HEAD * 2.1 / 1.6, within(6.0));
        });
    }

    @Seeded
    @Test
    void aMarkerSurvivesTiltsScalingAndCompressionTogether(Seed seed) throws IOException {
        var random = seed.random();
        for (var person : Person.of(15, seed.value())) {
            // 160 pixels for 2.5 heads: a marker of 40 pixels
            var longest = 160 + random.nextInt(SIDE - 160);
            var tilt = 20 * random.nextDouble() - 10;
            var copy = Copies.scaled(Copies.tilted(portrait(person, 0), tilt), longest);

            var faces = FaceMarkerReader.facesIn(Copies.saved(copy, 0.6f));

            assertThat(faces)
                    .as("%d pixels, tilted by %.1f", longest, tilt)
                    .extracting(MarkedFace::marker)
                    .containsExactly(person.marker());
        }
    }

    @Seeded
    @Test
    void aTurnedPictureIsToldByItsMarkers(Seed seed) {
        for (var person : Person.of(6, seed.value())) {
            var upright = portrait(person, 5);
            assertThat(turns(Turn.RIGHT.shown(upright))).containsExactly(1);
            assertThat(turns(Turn.HALF.shown(upright))).containsExactly(2);
            assertThat(turns(Turn.LEFT.shown(upright))).containsExactly(3);
            assertThat(turns(Turn.LEFT.shown(Turn.LEFT.stored(upright)))).containsExactly(0);
        }
    }

    private static List<Integer> turns(BufferedImage picture) {
        return FaceMarkerReader.facesIn(picture).stream()
                .map(MarkedFace::quarterTurns)
                .toList();
    }

    @Seeded
    @Test
    void aDamagedMarkerIsNobodys(Seed seed) {
        var random = seed.random();
        for (var person : Person.of(15, seed.value())) {
            var picture = portrait(person, 0);
            var cell = HEAD / FaceMarker.FACE_WIDTH / FaceMarker.SIDE;
            var column = random.nextInt(FaceMarker.BITS_SIDE) + FaceMarker.RINGS;
            var row = random.nextInt(FaceMarker.BITS_SIDE) + FaceMarker.RINGS;
            var canvas = picture.createGraphics();
            canvas.setColor(person.marker().isWhite(row, column) ? Color.BLACK : Color.WHITE);
            var corner = SIDE / 2.0 - FaceMarker.SIDE / 2.0 * cell;
            canvas.fillRect(
                    (int) Math.round(corner + column * cell),
                    (int) Math.round(corner + row * cell),
                    (int) Math.ceil(cell),
                    (int) Math.ceil(cell));
            canvas.dispose();

            assertThat(FaceMarkerReader.facesIn(picture)).isEmpty();
        }
    }

    @Seeded
    @Test
    void noiseHasNoFaces(Seed seed) {
        var random = seed.random();
        var noise = new BufferedImage(500, 500, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 500; y++) {
            for (int x = 0; x < 500; x++) {
                noise.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        assertThat(FaceMarkerReader.facesIn(noise)).isEmpty();
    }

    @Test
    void peopleOfDifferentSeedsAreDifferent() {
        var markers = new HashSet<FaceMarker>();
        LongStream.range(0, 500).forEach(seed -> Person.of(10, seed).forEach(person -> markers.add(person.marker())));
        assertThat(markers).hasSize(5_000);
    }

    @Test
    void thePublishedMarkerStaysAsItIs() {
        var rows = new StringBuilder();
        for (int row = 0; row < FaceMarker.SIDE; row++) {
            for (int column = 0; column < FaceMarker.SIDE; column++) {
                rows.append(new FaceMarker(0x12345678).isWhite(row, column) ? '.' : '#');
            }
            rows.append('\n');
        }
        // 0x12345678, then its CRC-16 0x30EC, then a 1
        assertThat(rows).hasToString("""
                ...........
                .#########.
                .####.##.#.
                .####..#.#.
                .####.#.##.
                .#..##...#.
                .#.#####.#.
                .#.####..#.
                .#.#..##.#.
                .#########.
                ...........
                """);
    }
}
