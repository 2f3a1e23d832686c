package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.importer.encoding.EncodingDetector.Decision;
import io.sluice.imports.file.KnownEncodings;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Encodes rows in an encoding and lets the detector find it out. The characters have to be right, or the detector has to
 * say that it does not know.
 */
class EncodingDetectorTest {
    private static final List<Integer> SIZES = List.of(1, 2, 3, 5, 10, 30, 300, 3_000);
    private static final int FILES = 12;

    private static final List<String> WRITTEN_IN = List.of(
            "French, windows-1252 ISO-8859-15 macintosh IBM850 IBM437",
            "German, windows-1252 ISO-8859-15 macintosh IBM850 IBM437 windows-1250 ISO-8859-2",
            "Spanish, windows-1252 ISO-8859-15 macintosh IBM850 IBM437",
            "Italian, windows-1252 ISO-8859-15 macintosh IBM850 IBM437",
            "Portuguese, windows-1252 ISO-8859-15 macintosh IBM850",
            "Dutch, windows-1252 ISO-8859-15 macintosh IBM850 IBM437",
            "Scandinavian, windows-1252 ISO-8859-15 macintosh IBM850",
            "Polish, windows-1250 ISO-8859-2 IBM852 x-mac-ce",
            "Czech, windows-1250 ISO-8859-2 IBM852 x-mac-ce",
            "Hungarian, windows-1250 ISO-8859-2 IBM852",
            "Russian, windows-1251 KOI8-R IBM866 x-mac-cyrillic",
            "Ukrainian, windows-1251 KOI8-U",
            "Greek, windows-1253 ISO-8859-7",
            "Turkish, windows-1254 ISO-8859-9",
            "Japanese, Shift_JIS EUC-JP",
            "Simplified Chinese, GB18030",
            "Traditional Chinese, Big5",
            "Korean, EUC-KR");

    static List<String> writtenIn() {
        return WRITTEN_IN;
    }

    @ParameterizedTest
    @MethodSource("writtenIn")
    void readsEachNameAloneRightOrSaysThatItsEncodingIsUnclear(String writtenIn) {
        var language = writtenIn.substring(0, writtenIn.indexOf(','));
        for (var charset : charsets(writtenIn)) {
            for (var name : names(language, charset)) {
                for (var form : List.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
                    if (charset.newEncoder().canEncode(form)) {
                        isRightOrUnclear("siret;nom\n1;" + form + "\n", charset);
                    }
                }
            }
        }
    }

    @Seeded
    @ParameterizedTest
    @MethodSource("writtenIn")
    void readsEveryFileRightOrSaysThatItsEncodingIsUnclear(String writtenIn, Seed seed) {
        var language = writtenIn.substring(0, writtenIn.indexOf(','));
        var random = seed.random();
        for (var charset : charsets(writtenIn)) {
            for (var size : SIZES) {
                int unclear = 0;
                for (int i = 0; i < FILES; i++) {
                    unclear += isRightOrUnclear(rows(language, size, random, charset), charset) ? 0 : 1;
                }
                if (size >= 30) {
                    assertThat(unclear)
                            .as("%s, %s, %d rows", language, charset, size)
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Seeded
    @Test
    void readsUtf8InEveryLanguageHoweverShort(Seed seed) {
        var random = seed.random();
        for (var language : CompanyNames.BY_LANGUAGE.keySet()) {
            for (var size : SIZES) {
                var text = rows(language, size, random, UTF_8);
                assertThat(EncodingDetector.decide(text.getBytes(UTF_8)))
                        .as(
                                "%s, %d rows: %s",
                                language, size, text.lines().limit(3).toList())
                        .isEqualTo(new Decision.Clear(UTF_8));
            }
        }
    }

    /** One byte that is no UTF-8 at a random place, or a last character that is cut. */
    @Seeded
    @Test
    void staysUtf8WhereAByteIsDamaged(Seed seed) {
        var random = seed.random();
        for (var language : CompanyNames.BY_LANGUAGE.keySet()) {
            for (var size : List.of(2, 5, 30, 300)) {
                var bytes = rows(language, size, random, UTF_8).getBytes(UTF_8);
                var cut = bytes.length - 1;
                while (bytes[cut] >= 0) {
                    cut--;
                }
                var damage = new byte[][] {
                            {(byte) 0xE9},
                            {(byte) 0xFF},
                            {(byte) 0xC0, (byte) 0x80},
                            {(byte) 0xED, (byte) 0xA0, (byte) 0xBD}
                        }
                        [random.nextInt(4)];
                var at = bytes.length - 4; // inside the town, which is ASCII
                assertThat(EncodingDetector.decide(spliced(bytes, at, damage)))
                        .as("%s, %d rows", language, size)
                        .isEqualTo(new Decision.Clear(UTF_8));
                assertThat(EncodingDetector.decide(Arrays.copyOf(bytes, cut)))
                        .as("%s, %d rows, cut", language, size)
                        .isEqualTo(new Decision.Clear(UTF_8));
            }
        }
    }

    /** A file in UTF-8 with another in an encoding of one byte behind it. */
    @Seeded
    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "macintosh", "IBM850"})
    void staysUtf8WhereHalfOfTheFileIsInAnotherEncoding(String other, Seed seed) {
        var random = seed.random();
        for (var size : List.of(5, 30, 300)) {
            var glued = new ByteArrayOutputStream();
            glued.writeBytes(rows("French", size, random, UTF_8).getBytes(UTF_8));
            glued.writeBytes(rows("French", size, random, charset(other)).getBytes(charset(other)));
            assertThat(EncodingDetector.decide(glued.toByteArray()))
                    .as("%d rows", size)
                    .isEqualTo(new Decision.Clear(UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Société, windows-1252",
        "Société, macintosh",
        "Société, IBM850",
        "Générale, macintosh",
        "Réunion, windows-1252",
        "Boulangerie du Marché, windows-1252",
        "Müller, windows-1252",
        "12 €, windows-1252",
        "Łódź, windows-1250",
        "Москва, windows-1251",
    })
    void oneWordIsEnough(String word, String encoding) {
        var text = "siret;nom\n73282932000074;" + word + "\n";
        var decision = EncodingDetector.decide(text.getBytes(charset(encoding)));

        assertThat(decision).isInstanceOf(Decision.Clear.class);
        assertThat(new String(text.getBytes(charset(encoding)), ((Decision.Clear) decision).charset()))
                .isEqualTo(text);
    }

    @Test
    void signsInBothReadingsAreUnclear() {
        var bytes = "nom\nx\n".getBytes(UTF_8);
        bytes[4] = (byte) 0xB7; // a dot in windows-1252, a sum in macintosh, a letter in IBM850

        assertThat(EncodingDetector.decide(bytes)).isInstanceOf(Decision.Unclear.class);
    }

    /** {@return whether it was clear; then it was right, too} */
    private static boolean isRightOrUnclear(String text, Charset charset) {
        var bytes = text.getBytes(charset);
        return switch (EncodingDetector.decide(bytes)) {
            case Decision.Clear(var found) -> {
                assertThat(new String(bytes, found))
                        .as("%s read as %s", charset, found)
                        .isEqualTo(text);
                yield true;
            }
            case Decision.Unclear _ -> false;
        };
    }

    private static List<Charset> charsets(String writtenIn) {
        return Stream.of(writtenIn
                        .substring(writtenIn.indexOf(' ', writtenIn.indexOf(',')) + 1)
                        .split(" ", -1))
                .map(EncodingDetectorTest::charset)
                .toList();
    }

    private static List<String> names(String language, Charset charset) {
        var encoder = charset.newEncoder();
        Predicate<String> isUsable =
                name -> encoder.canEncode(name) && name.chars().anyMatch(c -> c >= 0x80);
        return Objects.requireNonNull(CompanyNames.BY_LANGUAGE.get(language)).stream()
                .map(name -> name.replace('’', encoder.canEncode('’') ? '’' : '\''))
                .filter(isUsable)
                .toList();
    }

    private static String rows(String language, int size, Random random, Charset charset) {
        var names = names(language, charset);
        var rows = new ArrayList<String>();
        rows.add("siret;nom;ville");
        IntStream.range(0, size)
                .mapToObj(_ ->
                        "%014d;%s;Paris".formatted(random.nextInt(1_000_000), names.get(random.nextInt(names.size()))))
                .forEach(rows::add);
        return String.join("\n", rows) + "\n";
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] more) {
        var spliced = new ByteArrayOutputStream();
        spliced.write(bytes, 0, at);
        spliced.writeBytes(more);
        spliced.write(bytes, at, bytes.length - at);
        return spliced.toByteArray();
    }

    private static Charset charset(String name) {
        return KnownEncodings.find(name).orElseThrow();
    }
}
