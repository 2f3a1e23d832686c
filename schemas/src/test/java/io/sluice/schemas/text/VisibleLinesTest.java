package io.sluice.schemas.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class VisibleLinesTest {
    private static final String HOSTILE = "a\u001b[2J\r\nb\u009b\b\u202e\ud800";
    private static final String SHOWN = "a\\u001b[2J\\u000d\\u000ab\\u009b\\u0008\\u202e\\ud800";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final VisibleLines lines = new VisibleLines(new PrintStream(bytes, true, UTF_8));

    @Test
    void aTextIsOneLine() {
        lines.println(HOSTILE);
        lines.println();

        assertThat(bytes.toString(UTF_8)).isEqualToNormalizingNewlines(SHOWN + "\n\n");
    }

    @Test
    void argumentsOfAFormatAreShownWhateverTheyAre() {
        lines.printf("%s %s%n", HOSTILE, List.of(HOSTILE));

        assertThat(bytes.toString(UTF_8)).isEqualToNormalizingNewlines(SHOWN + " [" + SHOWN + "]\n");
    }

    @Test
    void numbersAreTheSameInEveryLocale() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            lines.printf("%,d %.1f %b %s%n", 1234567, 0.5, true, null);
        } finally {
            Locale.setDefault(before);
        }

        assertThat(bytes.toString(UTF_8)).isEqualToNormalizingNewlines("1,234,567 0.5 true null\n");
    }

    @Test
    void onlyItsOwnControlCharactersReachATerminal() {
        lines.overwrite(HOSTILE);
        lines.clearLine();

        assertThat(bytes.toString(UTF_8)).isEqualTo("\r\u001B[K" + SHOWN + "\r\u001B[K");
    }
}
