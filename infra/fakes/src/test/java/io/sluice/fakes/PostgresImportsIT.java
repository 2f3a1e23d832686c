package io.sluice.fakes;

import io.micronaut.context.ApplicationContext;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Rejected;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.imports.RowStore.Batch;
import io.sluice.testkit.TestStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class PostgresImportsIT extends ImportLedgerContract {
    private final ApplicationContext stores =
            ApplicationContext.run(Map.of("database.url", TestStack.postgres().url()));

    @AfterEach
    void stop() {
        stores.close();
    }

    @Override
    ImportLedger ledger() {
        return stores.getBean(ImportLedger.class);
    }

    @Override
    void reject(String importId, List<Rejected> rows, boolean complete) {
        var rejections = rows.stream()
                .map(row -> new Rejection(importId, row.rowNumber(), row.cells(), row.reasons()))
                .toList();
        var ends = complete ? List.of(new End(importId, rows.size())) : List.<End>of();
        stores.getBean(RowStore.class).write(new Batch(List.of(), List.of(), rejections, ends));
    }
}
