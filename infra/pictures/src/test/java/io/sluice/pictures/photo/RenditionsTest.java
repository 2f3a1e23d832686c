package io.sluice.pictures.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.pictures.color.IccFile;
import io.sluice.pictures.container.ExifFile;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.CmykJpeg;
import io.sluice.pictures.decode.FileSurgery;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageFiles;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.ReferencePixels;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.awt.Color;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a photo becomes, from its bytes to the bytes that galleries get. */
class RenditionsTest {
    private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 150);
    private static final Instant NOW = Instant.parse("2026-11-28T06:00:00Z");
    private static final byte[] EXIF = FileSurgery.bytes("Exif\0\0");
    private static final byte[] XMP = FileSurgery.bytes("http://ns.adobe.com/xap/1.0/\0");
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    /** JPEG loses some. */
    private static final int CODING = 12;

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    private record Prepared(PhotoFacts facts, Renditions renditions) {
        BufferedImage preview() {
            return ImageFiles.read(renditions.preview());
        }

        BufferedImage thumbnail() {
            return ImageFiles.read(renditions.thumbnail());
        }
    }

    private Prepared prepared(byte[] file) {
        try (var decoding = decoder.prepare(file, Renditions.PREVIEW)) {
            var image = decoding.image();
            return new Prepared(
                    PhotoFacts.of(image, NOW),
                    Renditions.of(decoding.picture(), image.still().colorProfile()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void isUprightHoweverTheCameraWasHeld(int orientation) {
        var pixels = ReferencePixels.of(quarters(2_400, 1_200));
        var upright = pixels.upright(orientation);
        var jpeg = withSegment(ImageFiles.written(pixels.image(), "jpeg"), APP1, exif(orientation));

        var prepared = prepared(jpeg);

        assertThat(prepared.facts().width()).isEqualTo(upright.width());
        assertThat(prepared.facts().height()).isEqualTo(upright.height());
        var turned = orientation >= 5;
        isOfSize(prepared.preview(), turned ? 960 : 1_920, turned ? 1_920 : 960);
        isOfSize(prepared.thumbnail(), turned ? 200 : 400, turned ? 400 : 200);
        for (var rendition : List.of(prepared.preview(), prepared.thumbnail())) {
            for (int quarter = 0; quarter < 4; quarter++) {
                var x = 1 + quarter % 2 * 2;
                var y = 1 + quarter / 2 * 2;
                var expected = new Color(
                        upright.at(x * upright.width() / 4, y * upright.height() / 4, 0),
                        upright.at(x * upright.width() / 4, y * upright.height() / 4, 1),
                        upright.at(x * upright.width() / 4, y * upright.height() / 4, 2));
                shows(rendition, x * rendition.getWidth() / 4, y * rendition.getHeight() / 4, expected);
            }
        }
    }

    @Test
    void nothingThatTheCameraWroteIsLeft() {
        var planted = "52.5162N13.3777E";
        var exif = FileSurgery.joined(
                EXIF,
                new ExifFile(ByteOrder.LITTLE_ENDIAN)
                        .orientation(6)
                        .with(ExifFile.TIME, "2024:07:14 18:30:05")
                        .place(planted)
                        .bytes());
        var xmp = FileSurgery.joined(
                XMP, FileSurgery.bytes("<x:xmpmeta><exif:GPSLatitude>" + planted + "</exif:GPSLatitude></x:xmpmeta>"));
        var jpeg = ImageFiles.written(quarters(900, 600), "jpeg");
        jpeg = withSegment(withSegment(jpeg, APP1, exif), APP1, xmp);
        jpeg = withSegment(jpeg, 0xED, FileSurgery.bytes("Photoshop 3.0\0" + planted));
        jpeg = withSegment(jpeg, 0xFE, FileSurgery.bytes(planted));
        assertThat(latin1(jpeg)).contains(planted);

        var prepared = prepared(jpeg);

        assertThat(prepared.facts()).isEqualTo(new PhotoFacts(600, 900, Instant.parse("2024-07-14T18:30:05Z")));
        for (var file :
                List.of(prepared.renditions().preview(), prepared.renditions().thumbnail())) {
            assertThat(latin1(file)).doesNotContain(planted, "Exif", "http", "xmp", "ICC_PROFILE", "Photoshop", "GPS");
            assertThat(markers(file)).containsOnly(0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA);
        }
    }

    @Test
    void takesPngAndWebpAndTheFirstFrameOfAGif() {
        var drawing = quarters(800, 400);
        var files = Map.of(
                "PNG", ImageFiles.written(drawing, "png"),
                "WebP", ImageFiles.webp(drawing, 90),
                "GIF",
                        ImageFiles.animatedGif(List.of(
                                drawing, ReferencePixels.noise(800, 400, 1).image())),
                "animated WebP", ImageFiles.animated("webp", List.of(drawing, quarters(800, 400))));

        files.forEach((what, file) -> {
            var prepared = prepared(file);

            assertThat(prepared.facts()).as(what).isEqualTo(new PhotoFacts(800, 400, null));
            isOfSize(prepared.preview(), 800, 400);
            isOfSize(prepared.thumbnail(), 400, 200);
            shows(prepared.preview(), 100, 100, Color.RED);
            shows(prepared.thumbnail(), 300, 150, Color.WHITE);
        });
    }

    @Test
    void laysTransparentPicturesOnWhite() {
        var image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, Color.BLACK.getRGB());

        var prepared = prepared(ImageFiles.written(image, "png"));

        shows(prepared.preview(), 150, 150, Color.WHITE);
        shows(prepared.thumbnail(), 150, 150, Color.WHITE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, 1, 1",
        "1, 5000, 1, 1920, 1, 400",
        "30000, 1, 1920, 1, 400, 1",
        "30000, 40, 1920, 3, 400, 1",
        "399, 401, 399, 401, 398, 400",
        "1921, 1080, 1920, 1079, 400, 225",
        "7000, 7000, 1920, 1920, 400, 400",
    })
    void takesAnyShapeAndEnlargesNone(int width, int height, int w, int h, int thumbnailW, int thumbnailH) {
        var white = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        white.createGraphics().drawRect(-1, -1, width + 2, height + 2);
        for (var format : List.of("jpeg", "png")) {
            var prepared = prepared(ImageFiles.written(white, format));

            assertThat(prepared.facts()).as(format).isEqualTo(new PhotoFacts(width, height, null));
            isOfSize(prepared.preview(), w, h);
            isOfSize(prepared.thumbnail(), thumbnailW, thumbnailH);
        }
    }

    /** Display P3 as phones write it, in each format that can hold a profile. */
    @Test
    void showsTheColorsOfThePhotosProfileInSrgb() throws Exception {
        var profile = IccFile.displayP3();
        var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        var color = new Color(220, 90, 60);
        var pen = image.createGraphics();
        pen.setColor(color);
        pen.fillRect(0, 0, 64, 64);
        var rgb = new ICC_ColorSpace(ICC_Profile.getInstance(profile)).toRGB(color.getRGBComponents(null));
        var expected = new Color(rgb[0], rgb[1], rgb[2]);
        assertThat(expected.getRed() - color.getRed())
                .as("the profile makes a difference")
                .isGreaterThan(CODING);

        var half = profile.length / 2;
        var jpeg = ImageFiles.written(image, "jpeg");
        var inTwo = withSegment(jpeg, APP2, chunk(2, 2, profile, half, profile.length));
        inTwo = withSegment(inTwo, APP2, chunk(1, 2, profile, 0, half));
        var webp = ImageFiles.losslessWebp(image);
        var files = Map.of(
                "JPEG", withSegment(jpeg, APP2, chunk(1, 1, profile, 0, profile.length)),
                "JPEG in two chunks", inTwo,
                "PNG", FileSurgery.withChunk(ImageFiles.written(image, "png"), "iCCP", deflated(profile)),
                "WebP", FileSurgery.extendedWebp(webp, 0x20, 64, 64, FileSurgery.riffChunk("ICCP", profile)));
        files.forEach((what, file) -> {
            near(prepared(file).preview(), expected, what);
            near(prepared(file).thumbnail(), expected, what);
        });

        var lacksOne = withSegment(jpeg, APP2, chunk(1, 2, profile, 0, half));
        near(prepared(lacksOne).preview(), color, "a chunk is missing");
        var damaged =
                FileSurgery.withChunk(ImageFiles.written(image, "png"), "iCCP", FileSurgery.bytes("P3\0\0nothing"));
        near(prepared(damaged).preview(), color, "not deflated");
        near(
                prepared(withSegment(jpeg, APP2, chunk(1, 1, new byte[400], 0, 400)))
                        .preview(),
                color,
                "no profile");
    }

    @Test
    void aProfileThatInflatesWithoutEndIsIgnored() throws Exception {
        var bomb = deflated(new byte[50_000_000]);
        var png = FileSurgery.withChunk(ImageFiles.written(quarters(64, 64), "png"), "iCCP", bomb);

        try (var decoding = decoder.prepare(png, Renditions.PREVIEW)) {
            assertThat(decoding.image().still().colorProfile()).isEmpty();
        }
    }

    @Test
    void takesTheInksOfACmykJpeg() {
        near(prepared(CmykJpeg.of(0, 255, 255, 0)).preview(), Color.RED, "magenta and yellow");
    }

    @ParameterizedTest
    @CsvSource({
        "2026:11:28 06:00:00, 2026-11-28T06:00:00Z",
        "2026:11:29 06:00:00, 2026-11-29T06:00:00Z",
        "2026:11:29 06:00:01,",
        "2036:01:01 00:00:00,",
        "0000:00:00 00:00:00,",
    })
    void aTimeOfMoreThanADayAheadIsNone(String time, Instant expected) {
        var exif = FileSurgery.joined(
                EXIF,
                new ExifFile(ByteOrder.BIG_ENDIAN).with(ExifFile.TIME, time).bytes());
        var jpeg = withSegment(ImageFiles.written(quarters(64, 64), "jpeg"), APP1, exif);

        assertThat(prepared(jpeg).facts().takenAt()).isEqualTo(expected);
    }

    /** Noise is what codes worst. */
    @Test
    void aPreviewHasNoMoreThanFiveMegabytes() {
        var noise = ReferencePixels.noise(1_920, 1_920, 3);
        var picture = new Picture(1_920, 1_920, bytes(noise));

        assertThat(Renditions.of(picture, new byte[0]).preview().length).isLessThanOrEqualTo(5_000_000);
        var best = Renditions.within(Integer.MAX_VALUE, picture).length;
        assertThat(Renditions.within(best - 1, picture).length).isLessThan(best);
        assertThat(Renditions.within(best * 2 / 3, picture).length).isLessThanOrEqualTo(best * 2 / 3);
        assertThat(Renditions.within(1, picture).length).as("the least quality").isGreaterThan(1);
    }

    @Seeded
    @Test
    void damagedPhotosAreRefusedOrShown(Seed seed) {
        var random = seed.random();
        var profile = IccFile.displayP3();
        var drawing = ReferencePixels.gradient(90, 70).image();
        var jpeg = withSegment(ImageFiles.written(drawing, "jpeg"), APP1, exif(6));
        jpeg = withSegment(jpeg, APP2, chunk(1, 1, profile, 0, profile.length));
        var files = List.of(
                jpeg,
                ImageFiles.written(drawing, "png"),
                ImageFiles.webp(drawing, 80),
                ImageFiles.written(drawing, "gif"));
        var answers = new TreeMap<String, Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var file : files) {
                var damaged = file.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    assertThat(prepared(damaged).renditions().preview()).isNotEmpty();
                    answers.merge("shown", 1, Integer::sum);
                } catch (ImageRefusedException e) {
                    answers.merge(e.code().name(), 1, Integer::sum);
                }
            }
        }
        assertThat(answers).containsKeys("shown", "IMAGE_MALFORMED");
    }

    private static byte[] exif(int orientation) {
        return FileSurgery.joined(EXIF, FileSurgery.exif(ByteOrder.BIG_ENDIAN, orientation));
    }

    private static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        return FileSurgery.inserted(jpeg, 2, FileSurgery.jpegSegment(marker, data));
    }

    private static byte[] chunk(int number, int count, byte[] profile, int from, int end) {
        return FileSurgery.joined(
                FileSurgery.bytes("ICC_PROFILE\0"),
                new byte[] {(byte) number, (byte) count},
                Arrays.copyOfRange(profile, from, end));
    }

    private static byte[] deflated(byte[] profile) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(profile);
        }
        return FileSurgery.joined(FileSurgery.bytes("P3\0\0"), out.toByteArray());
    }

    /** {@return the markers up to the coded data} */
    private static List<Integer> markers(byte[] jpeg) {
        var markers = new ArrayList<Integer>();
        markers.add(jpeg[1] & 0xFF);
        for (int at = 2; markers.getLast() != 0xDA; at += 2 + (((jpeg[at + 2] & 0xFF) << 8) + (jpeg[at + 3] & 0xFF))) {
            markers.add(jpeg[at + 1] & 0xFF);
        }
        return markers;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(ReferencePixels pixels) {
        var rgb = new byte[pixels.width() * pixels.height() * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) pixels.at(i / 3 % pixels.width(), i / 3 / pixels.width(), i % 3);
        }
        return rgb;
    }

    private static void isOfSize(BufferedImage image, int width, int height) {
        assertThat(image.getWidth() + " x " + image.getHeight()).isEqualTo(width + " x " + height);
    }

    private static void near(BufferedImage image, Color expected, String what) {
        var shown = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
        assertThat(shown.getRed()).as(what).isCloseTo(expected.getRed(), within(3));
        assertThat(shown.getGreen()).as(what).isCloseTo(expected.getGreen(), within(3));
        assertThat(shown.getBlue()).as(what).isCloseTo(expected.getBlue(), within(3));
    }

    private static void shows(BufferedImage image, int x, int y, Color expected) {
        var shown = new Color(image.getRGB(x, y));
        assertThat(shown.getRed()).isCloseTo(expected.getRed(), within(CODING));
        assertThat(shown.getGreen()).isCloseTo(expected.getGreen(), within(CODING));
        assertThat(shown.getBlue()).isCloseTo(expected.getBlue(), within(CODING));
    }

    /** Red and green above blue and white. */
    private static BufferedImage quarters(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        var colors = new Color[] {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int i = 0; i < 4; i++) {
            pen.setColor(colors[i]);
            pen.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
        }
        pen.dispose();
        return image;
    }
}
