package io.sluice.importer.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.importer.ReadSheet;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What numbers are, by the format of their cell. LibreOffice 7.4 took each for the same, except for two formats that
 * programs write in the language of their user: {@code jj/mm/aaaa} is a number there, and {@code Standard} a date. It
 * shows 1.0625 in {@code h:mm} as a time of day as well, 1:30, but writes 25:30:00 into a CSV file.
 */
class NumberFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd/mm/yyyy",
                "[$-C0A]d\\ \"de\"\\ mmmm\\ \"de\"\\ yyyy;@",
                "\"le \"dd/mm/yyyy",
                "dd/mm/yyyy_);(@)",
                "[$-40C]d mmmm yyyy",
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                "yyyy年m月d日",
                "yyyy\"年\"m\"月\"d\"日\";@",
                "yyyy\"년\" m\"월\" d\"일\"",
                "[$-411]ggge年m月d日",
                "[$-30411]e/m/d",
                "[Red][>0]dd\\.mm\\.yyyy;General",
                "[Blue]dd.mm.yy;[Red]-0",
                "DD-MMM-YYYY",
                "mmm-yy",
                "d/m",
                "\"Semaine du \"dd/mm",
                "*-dd/mm/yyyy",
                "[$-1010000]d/m/yyyy;@",
                "TT.MM.JJJJ",
                "jj/mm/aaaa",
                "B2dd/mm/yyyy",
                "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
            })
    void aDateIsADateWhateverItsWords(String format) {
        assertThat(shown(format, "46387")).containsExactly("2026-12-31");
        assertThat(shown(format, "46387.572916666664")).containsExactly("2026-12-31T13:45:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "General",
                "\"General\"",
                "\"day\" 0",
                "0\\d",
                "0.00\" months\"",
                "#,##0.00\\ [$€-40C]",
                "[$USD] #,##0",
                "#,##0 USD",
                "0.00E+00",
                "_-* #,##0.00\\ \"DM\"_-;\\-* #,##0.00",
                "[Red]0;[Yellow]-0",
                "[$-40C]0",
                "@",
                "Standard",
                "0;\"dd/mm/yyyy\"",
                "[Magenta]",
                "# ?/?",
                "0%",
                "\"unclosed dd/mm",
                "[unclosed dd",
                "\\",
                ";;;",
            })
    void lettersInQuotesAndOfColorsMakeNoDate(String format) {
        assertThat(shown(format, "46387")).containsExactly("46387");
    }

    @ParameterizedTest
    @CsvSource({
        "[h]:mm, 1.0625, 25:30",
        "[h]:mm:ss, 1.0625, 25:30:00",
        "[hh]:mm, 0.0625, 01:30",
        "[mm]:ss, 1.0625, 1530:00",
        "[m], 0.0625, 90",
        "[s], 0.000694444444444444, 60",
        "[ss].00, 0.0000173611111111111, 01.50",
        "[h]\"h\"mm, 1.0625, 25h30",
        "'[h] \"heures\" mm', 1.0625, 25 heures 30",
        "[h]:mm;@, 1.0625, 25:30",
        "[Red][h]:mm;-[h]:mm, -1.0625, -25:30",
        "[h]:mm, -1.0625, -25:30",
        "[h]:mm, 0.340277777777778, 8:10",
        "[h]:mm, 0, 0:00",
        "[h]:mm, 41666.6666666667, 1000000:00",
        "[$-F400]h:mm:ss AM/PM, 0.75, 18:00:00",
        "h:mm, 0.5, 12:00:00",
        "mm:ss.0, 0.5, 12:00:00",
        "h時mm分, 0.75, 18:00:00",
        "h:mm, 1.0625, 01:30:00",
        "h:mm, 46387.5, 2026-12-31T12:00:00",
        "dd/mm/yyyy, 0.5, 12:00:00",
        "[<1]h:mm;dd/mm/yyyy, 46387, 2026-12-31",
        "[<1]h:mm;dd/mm/yyyy, 0.5, 12:00:00",
    })
    void durationsAreWrittenAsTheyAreShownAndTimesAsTimes(String format, String number, String text) {
        assertThat(shown(format, number)).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource({
        "00000, 1000, 01000",
        "00000_), 1000, 01000",
        "[$-40C]00000, 1000, 01000",
        "'0#\" \"##\" \"##\" \"##\" \"##', 612345678, 0612345678",
        "[<=9999999999]0000000000;0, 612345678, 0612345678",
        "000\\-000, 1234, 001234",
        "0000.00, 1.5, 1.5",
        "'#,##0', 5, 5",
        "00%, 0.5, 0.5",
    })
    void zerosOfAFormatAreWrittenAsTheyAreShown(String format, String number, String text) {
        assertThat(shown(format, number)).containsExactly(text);
    }

    @Test
    void aMomentJustBeforeMidnightKeepsItsDay() {
        assertThat(shown("dd/mm/yyyy", "46387.999999")).containsExactly("2026-12-31T23:59:59");
        assertThat(shown("dd/mm/yyyy", "46387.9999999999999")).containsExactly("2027-01-01");
        assertThat(shown("h:mm", "0.999999")).containsExactly("23:59:59");
    }

    @Test
    void formatsThatFilesNameByNumberOnlyAreKnown() {
        for (var id : List.of(14, 15, 16, 17, 22, 27, 30, 31, 34, 36, 50, 54, 57, 58, 81)) {
            assertThat(NumberFormat.builtIn(id).look(46_387))
                    .as("%d", id)
                    .isEqualTo(new NumberFormat.Look.Moment(true));
        }
        for (var id : List.of(18, 19, 20, 21, 32, 33, 45, 47, 76)) {
            assertThat(NumberFormat.builtIn(id).look(0.5)).as("%d", id).isEqualTo(new NumberFormat.Look.Moment(false));
        }
        for (var id : List.of(46, 79)) {
            assertThat(NumberFormat.builtIn(id).look(0.5)).as("%d", id).isInstanceOf(NumberFormat.Look.Elapsed.class);
        }
        for (var id : List.of(0, 1, 2, 9, 13, 23, 37, 44, 48, 49, 59, 70, 163, -1)) {
            assertThat(NumberFormat.builtIn(id).isPlain()).as("%d", id).isTrue();
        }
    }

    @Test
    void aWholeNumberOfMoreThanFifteenDigitsIsMarked() {
        var row = read(List.of("General"), """
                        <c><v>999999999999999</v></c><c><v>1000000000000000</v></c><c><v>1.23456789012346E+17</v></c>\
                        <c><v>123456789012345678</v></c><c><v>0.30000000000000004</v></c><c><v>-1E15</v></c>""").rows().getFirst();

        assertThat(row.cells())
                .containsExactly(
                        "999999999999999",
                        "1000000000000000",
                        "123456789012346000",
                        "123456789012345678",
                        "0.3",
                        "-1000000000000000");
        assertThat(row.marks().overlong()).containsExactlyInAnyOrder(1, 2, 3, 5);
    }

    @Seeded
    @Test
    void anyFormatShowsAnyNumberAsSomething(Seed seed) {
        var random = seed.random();
        var signs = "dmyhsgeaAP/0#?.,%;@_*\\\"[]<>=-+ 15年GeneralE".toCharArray();
        for (int i = 0; i < 100_000; i++) {
            var code = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                code.append(signs[random.nextInt(signs.length)]);
            }
            var number = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(-5, 12));

            var look = NumberFormat.of(code.toString()).look(number);

            if (look instanceof NumberFormat.Look.Elapsed(var duration) && Math.abs(number) < 1e9) {
                assertThat(duration.shown(number)).as("%s %s", code, number).isNotNull();
            }
        }
    }

    private static List<String> shown(String format, String number) {
        return read(List.of(format), "<c s=\"0\"><v>%s</v></c>".formatted(number))
                .cells()
                .getFirst();
    }

    private static ReadSheet read(List<String> formats, String cells) {
        return ReadSheet.of(WorkbookSheet.open(
                Workbooks.ofFormats(formats, "<row r=\"1\">%s</row>".formatted(cells)),
                null,
                Workbooks::hasRows,
                FileLimits.ofDefaults()));
    }
}
