package io.sluice.imports.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.FieldType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DroppedZerosTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            POSTCODE | 5  | 1000           | -              | 01000
            POSTCODE | 5  | ' 1 000 '      | -              | 01000
            PHONE    | 10 | 612345678      | -              | 0612345678
            PHONE    | 10 | ' 186525668'   | -              | 0186525668
            SIRET    | 14 | 8713971870720  | -              | 08713971870720
            SIRET    | 14 | 8713971870720  | 087139718      | 08713971870720
            SIRET    | 14 | 8713971870720  | 87139718       | 08713971870720
            SIRET    | 14 | 8 713 971 870 720 | -           | 08713971870720
            SIREN    | 9  | 5410071        | -              | 005410071
            SIREN    | 9  | 87139718       | 8713971870720  | 087139718
            SIREN    | 9  | 87139718       | 08713971870720 | 087139718
            TEXT     | 8  | 12345          | -              | 00012345
            """)
    void zerosThatAreSurelyMissingArePutBack(FieldType type, int padTo, String value, String partner, String restored) {
        assertThat(DroppedZeros.restored(field(type, padTo), value, false, partner == null ? "" : partner))
                .isEqualTo(restored);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            POSTCODE | 5  | 01000          | -
            POSTCODE | 5  | 75 001         | -
            POSTCODE | 5  | 100            | -
            POSTCODE | 5  | 0100           | -
            POSTCODE | 5  | 1000.0         | -
            POSTCODE | 5  | 4500O          | -
            POSTCODE | 5  | B-1000         | -
            PHONE    | 10 | 0612345678     | -
            PHONE    | 10 | 061234567      | -
            PHONE    | 10 | 33612345678    | -
            PHONE    | 10 | 0033612345678  | -
            PHONE    | 10 | +33612345678   | -
            PHONE    | 10 | +61234567      | -
            PHONE    | 10 | 6 12 34 56 78  | -
            PHONE    | 10 | 61234567       | -
            PHONE    | 10 | 3949           | -
            SIRET    | 14 | 73282932000074 | -
            SIRET    | 14 | 732 829 320 00074 | -
            SIRET    | 14 | 8713971870721  | -
            SIRET    | 14 | 8713971870720  | 732829320
            SIRET    | 14 | 732829320      | -
            SIRET    | 14 | 7,32829E+13    | -
            SIREN    | 9  | 732 829 320    | -
            SIREN    | 9  | 87139718       | -
            SIREN    | 9  | 87139718       | 73282932000074
            SIREN    | 9  | 12345          | -
            TEXT     | 8  | 1234A          | -
            TEXT     | 8  | 00012345       | -
            """)
    void whatIsWholeOrMayBeSomethingElseStaysAsItIs(FieldType type, int padTo, String value, String partner) {
        assertThat(DroppedZeros.restored(field(type, padTo), value, false, partner == null ? "" : partner))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POSTCODE | 5  | 100      | 00100
            SIREN    | 9  | 12345678 | 012345678
            TEXT     | 8  | 0        | 00000000
            PHONE    | 10 | 3949     | 3949
            """)
    void aNumberLacksTheZerosThatItsFieldAsksFor(FieldType type, int padTo, String value, String restored) {
        assertThat(DroppedZeros.restored(field(type, padTo), value, true, "")).isEqualTo(restored);
    }

    private static Field field(FieldType type, int padTo) {
        return new Field(
                "f",
                type,
                false,
                255,
                List.of(),
                padTo,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }
}
