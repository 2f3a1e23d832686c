package io.sluice.gateway.imports.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RejectedRowsCsvTest {
    private static final List<Rejected> ROWS = List.of(
            row(2, Map.of("nom", "Dupré"), new Reason("siret", "is required"), new Reason(null, "Too long")),
            row(4, Map.of("siret", "1"), new Reason("siret", "has 1 digit")),
            row(7, Map.of("nom", "=1+1"), new Reason("siret", "is required")));

    @Test
    void beginsWithAByteOrderMarkForExcel() throws IOException {
        try (var csv = new RejectedRowsCsv(List.of("siret", "nom"), RejectedRowsCsvTest::after, 2)) {
            assertThat(csv.readNBytes(8)).isEqualTo("\uFEFFsiret".getBytes(UTF_8));
        }
    }

    @Test
    void givesEachRowOnceForAnyNumberOfPages() throws IOException {
        for (int rowsAPage = 1; rowsAPage <= 4; rowsAPage++) {
            var most = rowsAPage;
            try (var csv = new RejectedRowsCsv(
                    List.of("siret", "nom"),
                    after -> after(after).stream().limit(most).toList(),
                    rowsAPage)) {
                assertThat(new String(csv.readAllBytes(), UTF_8)).isEqualTo("""
                        \uFEFFsiret,nom,row_number,error\r
                        "",Dupré,2,siret is required; Too long\r
                        1,,4,siret has 1 digit\r
                        "",'=1+1,7,siret is required\r
                        """);
            }
        }
    }

    private static List<Rejected> after(int row) {
        return ROWS.stream().filter(rejected -> rejected.rowNumber() > row).toList();
    }

    private static Rejected row(int number, Map<String, String> cells, Reason... reasons) {
        return new Rejected(number, cells, List.of(reasons));
    }
}
