package io.sluice.imports.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownEncodingsTest {
    @Test
    void findsEachEncodingByTheNameItIsShownBy() {
        assertThat(KnownEncodings.names())
                .allSatisfy(name -> assertThat(KnownEncodings.find(name).map(KnownEncodings::nameOf))
                        .hasValue(name));
    }

    @ParameterizedTest
    @CsvSource({
        "utf8, UTF-8",
        "cp1252, windows-1252",
        "ANSI, windows-1252",
        "latin1, ISO-8859-1",
        "Latin-9, ISO-8859-15",
        "MacRoman, macintosh",
        "x-MacRoman, macintosh",
        "cp850, IBM850",
        "437, IBM437",
        "cp858, IBM858",
        "sjis, Shift_JIS",
        "windows-31j, Shift_JIS",
        "GBK, GB18030",
        "euc-kr, EUC-KR",
        "' utf-8 ', UTF-8",
    })
    void findsOtherNames(String name, String known) {
        assertThat(KnownEncodings.find(name).map(KnownEncodings::nameOf)).hasValue(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "utf-9", "a b", "IBM01140", "é"})
    void findsNoOther(String name) {
        assertThat(KnownEncodings.find(name)).isEmpty();
    }
}
