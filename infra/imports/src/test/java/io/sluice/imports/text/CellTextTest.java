package io.sluice.imports.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+33140205050", "-1", "@SUM(A1)", "\tx", "\rx"})
    void keepsTextFromBeingAFormula(String text) {
        assertThat(CellText.guard(text)).isEqualTo("'" + text);
        assertThat(CellText.unguard("'" + text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "'", "''", "'s-Hertogenbosch", "a=b", "=1", "'=1", "''=1", " =1", "é", "1-2"})
    void givesEveryTextBackAsItWas(String text) {
        assertThat(CellText.unguard(CellText.guard(text))).isEqualTo(text);
    }

    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(CellText.guard("Les Halles - Paris")).isEqualTo("Les Halles - Paris");
        assertThat(CellText.unguard("'s-Hertogenbosch")).isEqualTo("'s-Hertogenbosch");
    }
}
