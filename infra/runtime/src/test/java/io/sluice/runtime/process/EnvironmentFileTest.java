package io.sluice.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentFileTest {
    @Test
    void readsNamesAndValuesAndPassesOverCommentsAndBlankLines() {
        assertThat(parse("""
                # the photo app
                PHOTO_QUEUE_WORKERS=3

                  export DB_POOL_SIZE = 20
                \texport\tA_1=x
                _b=
                # SLUICE_HTTP_PORT=1
                LAST=end"""))
                .containsExactly(
                        entry("A_1", "x"),
                        entry("DB_POOL_SIZE", "20"),
                        entry("LAST", "end"),
                        entry("PHOTO_QUEUE_WORKERS", "3"),
                        entry("_b", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a b|a b",
                "` a `|a",
                "a # comment|a",
                "a#b|a#b",
                "#a|#a",
                "` # comment`|``",
                "it's|it's",
                "say \"x\"|say \"x\"",
                "a=b=c|a=b=c",
                "p$word|p$word",
                "C:\\new|C:\\new",
                "jdbc:postgresql://db:5432/sluice?a=b&c=d|jdbc:postgresql://db:5432/sluice?a=b&c=d",
                "é 写真|é 写真"
            })
    void aPlainValueIsTakenAsItIsWrittenUpToItsComment(String written, String value) {
        assertThat(parse("NAME=" + written + "\nNEXT=1")).isEqualTo(Map.of("NAME", value, "NEXT", "1"));
    }

    @Test
    void betweenSingleQuotesEveryCharacterStandsForItself() {
        assertThat(parse("A=' a # \"b\" \\n ${C} ' # comment\nB=''"))
                .containsExactly(entry("A", " a # \"b\" \\n ${C} "), entry("B", ""));
    }

    @Test
    void betweenDoubleQuotesThereAreEscapes() {
        assertThat(parse("A=\"a\\nb\\tc\\rd \\\"e\\\" \\\\n \\${f} \\x 'g' # h\"\nB=\"\"#c"))
                .containsExactly(entry("A", "a\nb\tc\rd \"e\" \\n ${f} \\x 'g' # h"), entry("B", ""));
    }

    @Test
    void aQuotedValueMayHaveSeveralLines() {
        assertThat(parse("KEY=\"-----BEGIN-----\nabc\n-----END-----\"\nB='1\n2'\nC=3"))
                .containsExactly(
                        entry("B", "1\n2"), entry("C", "3"), entry("KEY", "-----BEGIN-----\nabc\n-----END-----"));
    }

    @Test
    void theLastValueOfANameCounts() {
        assertThat(parse("A=1\nA=2")).containsExactly(entry("A", "2"));
    }

    @Test
    void readsFilesOfWindows() {
        assertThat(parse("\uFEFFA=1\r\n\r\n# c\r\nB='x\r\ny'\r\n"))
                .containsExactly(entry("A", "1"), entry("B", "x\ny"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3cret|is not NAME=value, with a name of letters, digits and _",
                "my-name=s3cret|is not NAME=value, with a name of letters, digits and _",
                "1A=s3cret|is not NAME=value, with a name of letters, digits and _",
                "=s3cret|is not NAME=value, with a name of letters, digits and _",
                "export A B=s3cret|is not NAME=value, with a name of letters, digits and _",
                "A=\"s3cret|has no closing quote",
                "A='s3cret|has no closing quote",
                "A='s3cret' more|has text after the closing quote",
                "A=\"s3cret\" more|has text after the closing quote",
                "A=${s3cret}|has ${...}, which is not replaced here: write the value itself, or put it in single quotes",
                "A=\"x${s3cret}\"|has ${...}, which is not replaced here: write the value itself, or put it in single quotes",
            })
    void aWrongLineIsNamedAndNothingOfItIsShown(String line, String what) {
        assertThatThrownBy(() -> parse("OK='1\n2'\n" + line + "\n"))
                .isInstanceOf(EnvironmentFileException.class)
                .hasMessage("Line 3 of /app/.env " + what)
                .hasNoCause();
    }

    @Test
    void aValueOfAMegabyteIsRead() {
        var value = "x\\n".repeat(300_000);
        assertThat(parse("A=\"" + value + "\"").get("A")).hasSize(600_000);
    }

    private static Map<String, String> parse(String text) {
        return EnvironmentFile.parse("/app/.env", text);
    }
}
