package io.sluice.imports.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.imports.kind.ImportKinds;
import io.sluice.imports.values.RowRules.Checked;
import io.sluice.imports.values.RowRules.Checked.Accepted;
import io.sluice.imports.values.RowRules.Checked.Refused;
import io.sluice.schemas.imports.ImportRow.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetDamageTest {
    private static final String LOST =
            "was turned into %s by a spreadsheet program: digits are lost; format the column as text";

    private final RowRules products =
            new RowRules(ImportKinds.load(Optional.empty()).find("products").orElseThrow());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3,76E+12",
                "3.76E+12",
                "3,76017E+12",
                "3.76017e+12",
                "3.76017E12",
                "1.23456789012346E+17",
                "1E+12",
                "12E+10",
                "1.0E7",
                "376.0E+10",
                "3.8E+9",
                "1E-05",
                "3,76E-08",
                "-1.5E+10",
                "1.23E+100",
                "\u22121,5E\u221210",
                "３．７６Ｅ＋１２"
            })
    void aNumberThatLostItsDigitsIsRefusedInEveryField(String value) {
        var reason = LOST.formatted(value);

        for (var field : List.of("product_id", "name", "description", "metadata.ean")) {
            assertThat(check(field, " " + value + "\u00a0"))
                    .as(field)
                    .isEqualTo(new Refused(List.of(new Reason(field, reason))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E5", "2E3", "2e10", "12E-10", "1.5E3", "E+12", "3,76E", "3,76E+", "EN+12", "ref 3,76E+12",
                        "3,76E+12 €",
                "1E+5", "1,2,3E+12", "3760170000000", "0.5", "-12", "A1E+12", "1E+12B", "#1", "##", "# ### #", "#NICE!",
                "Err:12", "Err:5020", "N/A", "NV"
            })
    void aTextThatOnlyLooksALittleLikeDamageStays(String value) {
        for (var field : List.of("product_id", "name", "metadata.ean")) {
            assertThat(check(field, value)).as(field).isInstanceOf(Accepted.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#BEZUG!",
                "#WERT!",
                "#NV",
                "#¡REF!",
                "#VALOR!",
                "#N/D",
                "Err:502",
                "Err :502",
                "Err:508",
                "#RIF!",
                "#VERW!",
                "#¿NOMBRE?",
                "#VÄRDEFEL!",
                "#ССЫЛКА!",
                "#ADR!",
                "#HIV!",
                "#BAŞV!",
                "#N/A",
                "#VALEUR!",
                "#GETTING_DATA",
                "#NOM\u00a0?",
                "#VALEUR\u202f!",
                "#REF !",
                "Error:502"
            })
    void anErrorOfASpreadsheetProgramIsOneInEveryLanguage(String value) {
        for (var field : List.of("product_id", "name", "metadata.ean")) {
            assertThat(check(field, value))
                    .isEqualTo(new Refused(List.of(new Reason(
                            field,
                            "has the error %s of the spreadsheet program instead of a value: mend its formula, or clear the cell"
                                    .formatted(value)))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"###", "########"})
    void aCellThatWasTooNarrowIsNoValue(String value) {
        assertThat(check("name", value))
                .isEqualTo(new Refused(List.of(new Reason(
                        "name",
                        "has %s instead of a value: its column was too narrow; widen the column, and save the file again"
                                .formatted(value)))));
    }

    private Checked check(String field, String value) {
        var row = new HashMap<>(Map.of("product_id", "p", "name", "n", "description", "d"));
        row.put(field, value);
        return products.check(row);
    }
}
