package io.sluice.schemas.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    private static final int TEXTS = 20_000;
    /** Characters that turn the direction of text (UAX 9). */
    private static final String BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
    /** Characters that a hostile record would have, and ordinary neighbors of every kind. */
    private static final int[] TRICKY = (BIDI + "\u0000\u0007\b\t\n\u000b\f\r\u001b\u007f\u0080\u0085\u009b\u009f"
                    + "\u2028\u2029\u200b\u200c\u200d\u2060\u2063\ufeff\u00ad\u034f\u115f\u3164\u17b4\u180e\u180b"
                    + "\ufe00\ufe0f\ud83d\udc68\ud83c\udff4\udb40\udd00\udb40\udc41\ud800\udfff"
                    + "a\"\\u1 \u05d0\u0628\u064e\u0915\u094d\u1780\u0e01\u1820\u6f22\u2229\u2764\ufdd0\uffff")
            .codePoints()
            .toArray();

    @ParameterizedTest
    @CsvSource({
        "1b, \\u001b",
        "0, \\u0000",
        "9, \\u0009",
        "a, \\u000a",
        "d, \\u000d",
        "7f, \\u007f",
        "85, \\u0085",
        "9b, \\u009b",
        "ad, \\u00ad",
        "61c, \\u061c",
        "200b, \\u200b",
        "200d, \\u200d",
        "200f, \\u200f",
        "2028, \\u2028",
        "2029, \\u2029",
        "202e, \\u202e",
        "2060, \\u2060",
        "2069, \\u2069",
        "3164, \\u3164",
        "feff, \\ufeff",
        "d800, \\ud800",
        "dfff, \\udfff",
        "e0041, \\udb40\\udc41",
    })
    void showsAHiddenCharacterAsAnEscape(String point, String escape) {
        var hidden = Character.toString(Integer.parseInt(point, 16));

        assertThat(VisibleText.of("a" + hidden + "b")).isEqualTo("a" + escape + "b");
        assertThat(VisibleText.of(hidden)).isEqualTo(escape);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Blue teapot, 2 cups",
                "C:\\new\\u001b",
                "Füße ça naïve Ελληνικά Русский Việt",
                "שלום עולם",
                "مرحبا بالعالم ۝",
                "می‌خواهم", // Persian: U+200C inside a word
                "کتێبخانەکە‌ ", // Kurdish: U+200C at the end of a word
                "क्‍ष श्री", // Hindi: U+200D after a virama
                "ශ්‍රී ලංකාව", // Sinhala
                "ភាសា​ខ្មែរ", // Khmer: U+200B between words
                "ภาษา​ไทย",
                "ᠮᠣᠩᠭᠣᠯ᠎ᠠ", // Mongolian: U+180E before the last vowel
                "漢字 葛󠄀 日本語、中文。 한국어",
                "👨‍👩‍👧‍👦 👩🏽‍🚀 ❤️‍🔥 🏳️‍🌈 1️⃣ ☂︎",
                "∩︀ ≨︀ 𝔸𝕓",
                "\u00a0\u3000\u2009",
            })
    void leavesTheTextOfEveryLanguage(String text) {
        assertThat(VisibleText.of(text)).isEqualTo(text);
    }

    @Test
    void showsJoinersAndSelectorsWhereNoLetterNeedsThem() {
        assertThat(VisibleText.of("pay\u200dpal")).isEqualTo("pay\\u200dpal");
        assertThat(VisibleText.of("1\u200d2")).isEqualTo("1\\u200d2");
        assertThat(VisibleText.of("a\ufe0f")).isEqualTo("a\\ufe0f");
        assertThat(VisibleText.of("ب\u200c\u200c")).isEqualTo("ب\u200c\\u200c");
        assertThat(VisibleText.of("❤\ufe0f\ufe0f")).isEqualTo("❤\ufe0f\\ufe0f");
        assertThat(VisibleText.of("漢\udb40\udd00\udb40\udd01")).isEqualTo("漢\udb40\udd00\\udb40\\udd01");
    }

    @Test
    void makesOneLineOfAMessage() {
        assertThat(VisibleText.oneLine(" ERROR: no\n  Detail: none \r\n\r\n\tHint: \u001b[2J\r stop\n"))
                .isEqualTo("ERROR: no Detail: none Hint: \\u001b[2J\\u000d stop");
    }

    @Seeded
    @Test
    void leavesOutWhatItWouldShowAsAnEscape(Seed seed) {
        assertThat(VisibleText.withoutHidden("a\u202egpj.exe\u0085\u2028\ud800"))
                .isEqualTo("agpj.exe");
        assertThat(VisibleText.withoutHidden("می\u200cخواهم 👨\u200d👩")).isEqualTo("می\u200cخواهم 👨\u200d👩");
        texts(seed, point -> true).map(VisibleText::withoutHidden).forEach(text -> {
            assertThat(text.codePoints()).noneMatch(VisibleTextTest::isForbidden);
            assertThat(VisibleText.of(text)).isEqualTo(text);
            assertThat(VisibleText.withoutHidden(text)).isEqualTo(text);
        });
    }

    @Seeded
    @Test
    void leavesNothingThatMovesTheCursorBreaksTheLineOrTurnsTheText(Seed seed) {
        texts(seed, shown -> true)
                .forEach(text -> assertThat(VisibleText.of(text).codePoints()).noneMatch(VisibleTextTest::isForbidden));
    }

    @Seeded
    @Test
    void changesNothingTheSecondTime(Seed seed) {
        texts(seed, point -> true)
                .map(VisibleText::of)
                .forEach(shown -> assertThat(VisibleText.of(shown)).isEqualTo(shown));
    }

    @Seeded
    @Test
    void keepsTheContentOfJson(Seed seed) {
        var json = new ObjectMapper();
        texts(seed, point -> !Character.isSurrogate((char) point) || point > 0xFFFF)
                .forEach(text -> assertThat(read(json, VisibleText.of(written(json, text))))
                        .isEqualTo(text));
    }

    @Seeded
    @Test
    void leavesEveryLetterDigitAndSymbol(Seed seed) {
        var random = seed.random();
        IntStream.range(0, TEXTS).forEach(_ -> {
            var text = text(() -> ordinary(random), random);
            assertThat(VisibleText.of(text)).isSameAs(text);
        });
    }

    private static Stream<String> texts(Seed seed, IntPredicate wanted) {
        var random = seed.random();
        return IntStream.range(0, TEXTS)
                .mapToObj(_ -> text(
                        () -> {
                            var point = tricky(random);
                            return wanted.test(point) ? point : 'x';
                        },
                        random));
    }

    private static String text(IntSupplier points, Random random) {
        var text = new StringBuilder();
        IntStream.range(0, random.nextInt(12)).forEach(_ -> text.appendCodePoint(points.getAsInt()));
        return text.toString();
    }

    private static int tricky(Random random) {
        return random.nextInt(4) == 0
                ? random.nextInt(Character.MAX_CODE_POINT + 1)
                : TRICKY[random.nextInt(TRICKY.length)];
    }

    /** A character with a shape of its own; a mark that chooses a form, or an empty letter, is none. */
    private static int ordinary(Random random) {
        while (true) {
            var point = random.nextInt(Character.MAX_CODE_POINT + 1);
            if (isOrdinary(point)) {
                return point;
            }
        }
    }

    private static boolean isOrdinary(int point) {
        return (Character.isLetterOrDigit(point) || isSymbol(point))
                && point != 0x115F
                && point != 0x1160
                && point != 0x3164
                && point != 0xFFA0;
    }

    private static boolean isSymbol(int point) {
        var type = Character.getType(point);
        return type == Character.OTHER_SYMBOL
                || type == Character.MATH_SYMBOL
                || type == Character.OTHER_PUNCTUATION
                || type == Character.SPACE_SEPARATOR
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isForbidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> BIDI.indexOf(point) >= 0 || point == 0xFEFF || point == 0x2060;
        };
    }

    private static String written(ObjectMapper json, String text) {
        try {
            return json.writeValueAsString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(ObjectMapper json, String text) {
        try {
            return json.readValue(text, String.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
