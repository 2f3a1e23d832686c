package io.sluice.indexer;

import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.RowStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sample imports for tests. */
final class Imports {
    static final ImportKinds KINDS = ImportKinds.load(Optional.empty());

    private Imports() {}

    static void prepareTables(RowStore store) {
        KINDS.all().stream()
                .filter(kind -> kind.target() == ImportKind.Target.TABLE)
                .forEach(store::prepare);
    }

    static ImportRequested request(String id, String kind, boolean dryRun) {
        var object = new StoredObject("sluice", "imports/" + id, "0".repeat(64), "text/csv", 9);
        return new ImportRequested(id, kind, object, id + ".csv", Map.of(), dryRun, null, "job-of-" + id, null, null);
    }

    static Data company(@Nullable String importId, @Nullable Integer rowNumber, String siret, String name) {
        return company(importId, rowNumber, siret, name, Map.of());
    }

    static Data company(
            @Nullable String importId,
            @Nullable Integer rowNumber,
            String siret,
            String name,
            Map<String, String> more) {
        var fields = new HashMap<>(more);
        fields.put("siret", siret);
        fields.put("name", name);
        return new Data("companies", importId, rowNumber, fields);
    }

    static String key(ImportRow row) {
        return switch (row) {
            case Data data ->
                Data.key(
                        data.kind(),
                        data.fields()
                                .getOrDefault(
                                        KINDS.find(data.kind())
                                                .orElseThrow()
                                                .key()
                                                .name(),
                                        ""));
            case Rejection rejection -> rejection.key();
            case End end -> end.importId();
        };
    }

    /**
     * {@return a valid SIRET made from the number: the number plus one, because no SIRET is zero, and a check digit by
     * Luhn}
     */
    static String siret(int number) {
        var digits = "%013d".formatted(number + 1);
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(i) - '0';
            var doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }
}
