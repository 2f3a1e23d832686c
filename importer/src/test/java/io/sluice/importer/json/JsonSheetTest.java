package io.sluice.importer.json;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;
import static io.sluice.importer.sheet.ImporterFailure.TOO_MANY_COLUMNS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.importer.ReadSheet;
import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSheetTest {
    private static final FileLimits LIMITS = new FileLimits(5, 1_000);

    @Test
    void anObjectIsARowAndItsNamesAreTheColumns() {
        var sheet = array("""
                [{"siret": 732829320, "name": "A"}, {"name": null, "open": true, "tags": ["x", {"y": 1}]}]""");

        assertThat(sheet.cells())
                .containsExactly(
                        List.of("siret", "name", "open", "tags"),
                        List.of("732829320", "A", "", ""),
                        List.of("", "", "true", "[\"x\",{\"y\":1}]"));
        assertThat(sheet.numbers()).containsExactly(0, 1, 2);
        assertThat(sheet.rows().get(1).numbers()).containsExactly(0);
        assertThat(sheet.rows().get(1).missing()).containsExactlyInAnyOrder(2, 3);
        assertThat(sheet.rows().get(2).missing()).containsExactly(0);
    }

    @Test
    void whatIsNoObjectIsAWrongRow() {
        var rows = array("[{\"a\":1}, 2, [3], {\"a\":4}]").rows();

        assertThat(rows).hasSize(5);
        assertThat(rows.get(2).faults()).hasSize(1);
        assertThat(rows.get(3).faults()).hasSize(1);
        assertThat(rows.get(4).cells()).containsExactly("4");
    }

    @Test
    void aBrokenArrayIsRefusedWithThePlace() {
        assertThatThrownBy(() -> array("[{\"a\":1},\n {\"a\" 2}]"))
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(FILE_DAMAGED))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> array("[{\"a\":1}")).isInstanceOf(FileRefusedException.class);
        assertThatThrownBy(() -> array("[{\"a\":1}] []")).isInstanceOf(FileRefusedException.class);
        assertThatThrownBy(() -> array("{\"a\":1}")).isInstanceOf(FileRefusedException.class);
    }

    @Test
    void aBrokenLineIsAWrongRow() {
        var sheet = ReadSheet.of(
                JsonSheet.ofLines("{\"a\":1}\r\n\n{\"a\":\n{\"a\":4} x\n{\"a\":5}".getBytes(UTF_8), LIMITS));

        assertThat(sheet.numbers()).containsExactly(0, 1, 3, 4, 5);
        assertThat(sheet.rows().get(2).faults()).hasSize(1);
        assertThat(sheet.rows().get(3).faults()).hasSize(1);
        assertThat(sheet.rows().get(4).cells()).containsExactly("5");
    }

    @Test
    void thereMayNotBeTooManyNames() {
        assertThatThrownBy(() -> array("[{\"a\":1,\"b\":1,\"c\":1},{\"d\":1,\"e\":1,\"f\":1}]"))
                .isInstanceOfSatisfying(
                        FileRefusedException.class, e -> assertThat(e.code()).isEqualTo(TOO_MANY_COLUMNS));
    }

    @Test
    void noRowsAreNoRows() {
        assertThat(array("[]").rows()).isEmpty();
        assertThat(ReadSheet.of(JsonSheet.ofLines(new byte[0], LIMITS)).rows()).isEmpty();
    }

    private static ReadSheet array(String json) {
        return ReadSheet.of(JsonSheet.ofArray(json.getBytes(UTF_8), LIMITS));
    }
}
