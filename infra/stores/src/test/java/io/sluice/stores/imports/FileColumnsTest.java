package io.sluice.stores.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileColumnsTest {
    @Test
    void showsARowByTheHeaderOfItsFile() {
        var columns = new FileColumns(
                List.of("Nom", "Couleur", "Note", "Unused"), Map.of("Nom", "name", "Couleur", "metadata.color"));

        assertThat(columns.cells(Map.of("name", "Ann", "metadata.color", "1", "Note", "x", "slug", "ann")))
                .containsExactly(Map.entry("Nom", "Ann"), Map.entry("Couleur", "1"), Map.entry("Note", "x"));
    }

    @Test
    void showsARowByFieldNamesUntilTheHeaderIsKnown() {
        assertThat(FileColumns.read(null, null).cells(Map.of("name", "Ann"))).isEqualTo(Map.of("name", "Ann"));
    }
}
