package io.sluice.imports.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FirstBytesTest {
    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("%PDF-1.7", "a PDF"),
                Arguments.of("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", ".xls"),
                Arguments.of("\u0089PNG\r\n", "picture"),
                Arguments.of("\u00FF\u00D8\u00FF\u00E0", "picture"),
                Arguments.of("\u001F\u008B\b", "unpack"),
                Arguments.of("PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
                Arguments.of("\r\n<!DOCTYPE html><html>", "web page"),
                Arguments.of("a,b\u0000\u0001\u0002,c", "neither text nor a workbook"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void tellsWhatIsNoSpreadsheet(String begin, String what) {
        assertThat(FirstBytes.refusal(begin.getBytes(ISO_8859_1)))
                .get()
                .asString()
                .contains(what);
    }

    @Test
    void letsTextInWhateverItIsWrittenIn() {
        for (var charset : List.of(UTF_8, UTF_16LE, UTF_16BE, Charset.forName("windows-1252"))) {
            var plain = "siret;nom;catégorie\n1;Dupré;Pain".getBytes(charset);
            var marked = "\uFEFFsiret".getBytes(charset);

            assertThat(FirstBytes.refusal(plain)).as("%s", charset).isEmpty();
            assertThat(FirstBytes.refusal(marked)).as("%s", charset).isEmpty();
            assertThat(FirstBytes.mediaType(plain)).isEqualTo("text/csv");
        }
        assertThat(FirstBytes.refusal("x".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void letsWorkbooksIn() {
        var workbook = "PK\u0003\u0004\u0014\u0000\u0006\u0000[Content_Types].xml".getBytes(ISO_8859_1);

        assertThat(FirstBytes.refusal(workbook)).isEmpty();
        assertThat(FirstBytes.mediaType(workbook)).endsWith("spreadsheetml.sheet");
    }
}
