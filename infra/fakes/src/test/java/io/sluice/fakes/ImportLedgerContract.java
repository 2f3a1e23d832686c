package io.sluice.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of every ledger of imports. */
abstract class ImportLedgerContract {
    private static final Counts NONE = new Counts(null, 0, 0, 0, 0, 0);

    abstract ImportLedger ledger();

    /** Adds rejected rows to a known import. If it is to be complete, it has no other rows. */
    abstract void reject(String importId, List<Rejected> rows, boolean complete);

    @Test
    void findsAnOpenedImportAndOpensItOnce() {
        ledger().open(request("i1", "a.csv"));
        ledger().open(request("i1", "b.csv"));

        var known = ledger().find("i1").orElseThrow();
        assertThat(known).isEqualTo(new Known(request("i1", "a.csv"), null, Map.of(), NONE, known.openedAt(), false));
        assertThat(known.isComplete()).isFalse();
        assertThat(ledger().find("i2")).isEmpty();
    }

    @Test
    void findsSeveralAtOnce() {
        open("i1", "i2");

        assertThat(ledger().find(List.of("i1", "i2", "i3", "i1")))
                .isEqualTo(Map.of(
                        "i1",
                        ledger().find("i1").orElseThrow(),
                        "i2",
                        ledger().find("i2").orElseThrow()));
        assertThat(ledger().find(List.of())).isEmpty();
    }

    @Test
    void keepsTheHeaderInTheFilesOrder() {
        open("i1");

        ledger().describe("i1", List.of("Ville", "SIRET"), Map.of("SIRET", "siret", "Ville", "city"));
        ledger().describe("unknown", List.of("Ville"), Map.of());

        var known = ledger().find("i1").orElseThrow();
        assertThat(known.header()).containsExactly("Ville", "SIRET");
        assertThat(known.fields()).isEqualTo(Map.of("SIRET", "siret", "Ville", "city"));
        assertThat(ledger().find("unknown")).isEmpty();
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        open("i1", "i2", "i3");

        var page = ledger().list(2, null);

        assertThat(page).extracting(known -> known.request().importId()).containsExactly("i3", "i2");
        assertThat(ledger().list(2, page.getLast().openedAt()))
                .extracting(known -> known.request().importId())
                .containsExactly("i1");
    }

    @Test
    void anImportIsCanceledEvenBeforeItIsKnown() {
        var canceled = ledger().cancel(request("i1", "a.csv"));
        ledger().open(request("i1", "a.csv"));

        assertThat(canceled.canceled()).isTrue();
        assertThat(ledger().find("i1")).contains(canceled);
        assertThat(ledger().cancel(request("i1", "a.csv"))).isEqualTo(canceled);
    }

    @Test
    void anImportThatIsCompleteIsNotCanceled() {
        open("i1");
        reject("i1", List.of(rejected(2)), true);

        var known = ledger().cancel(request("i1", "i1.csv"));

        assertThat(known.canceled()).isFalse();
        assertThat(known.isComplete()).isTrue();
        assertThat(known.counts()).isEqualTo(new Counts(1L, 0, 0, 0, 1, 0));
        assertThat(ledger().find("i1")).contains(known);
    }

    @Test
    void listsRejectedRowsInTheOrderOfTheFilePageByPage() {
        open("i1");
        reject("i1", List.of(rejected(7), rejected(2), rejected(5)), false);

        assertThat(ledger().rejected("i1", 0, 2)).containsExactly(rejected(2), rejected(5));
        assertThat(ledger().rejected("i1", 5, 2)).containsExactly(rejected(7));
        assertThat(ledger().rejected("i1", 7, 2)).isEmpty();
        assertThat(ledger().rejected("unknown", 0, 2)).isEmpty();
    }

    private void open(String... ids) {
        for (var id : ids) {
            ledger().open(request(id, id + ".csv"));
        }
    }

    private static Rejected rejected(int rowNumber) {
        return new Rejected(rowNumber, Map.of("SIRET", "1" + rowNumber), List.of(new Reason("siret", "is wrong")));
    }

    static ImportRequested request(String id, String fileName) {
        var object = new StoredObject("sluice", "imports/" + id, "0".repeat(64), "text/csv", 9);
        return new ImportRequested(
                id, "companies", object, fileName, Map.of("Nom", "name"), null, "ann", "job-of-" + id, null, null);
    }
}
