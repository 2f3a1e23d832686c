package io.sluice.indexer;

import static io.sluice.indexer.IndexerFailure.ROW_DELETED;
import static io.sluice.indexer.IndexerFailure.ROW_INVALID;
import static io.sluice.runtime.RuntimeFailure.KEY_MISMATCH;
import static io.sluice.stores.imports.ImportFailure.UNKNOWN_KIND;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.imports.text.FormerSlug;
import io.sluice.imports.values.RowRules;
import io.sluice.imports.values.RowRules.Checked;
import io.sluice.imports.values.RowRules.Checked.Accepted;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.FailureCode;
import io.sluice.runtime.Received;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.ImportRow.End;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.imports.ImportRow.Rejection;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the records of {@code import-rows.v1} by the kinds that this indexer knows, and sorts them by what to do. */
final class RowClassifier {
    private final Map<String, Rules> kinds;

    RowClassifier(ImportKinds kinds) {
        this.kinds = kinds.all().stream()
                .collect(toUnmodifiableMap(ImportKind::name, kind -> new Rules(kind, new RowRules(kind))));
    }

    private record Rules(ImportKind kind, RowRules rules) {}

    /** A record that was checked. */
    sealed interface Classified {
        /** {@return the import that it belongs to; null for none} */
        @Nullable String importId();

        /** A row to write. */
        record Valid(Row row) implements Classified {
            @Override
            public @Nullable String importId() {
                return row.data().importId();
            }
        }

        /** A row of an import that breaks the rules of the kinds known here. */
        record Invalid(RowResult row) implements Classified {
            @Override
            public String importId() {
                return row.importId();
            }
        }

        /** A row of an import that the importer rejected. */
        record Rejected(Rejection rejection) implements Classified {
            @Override
            public String importId() {
                return rejection.importId();
            }
        }

        /** The end of the file of an import. */
        record FileEnd(End end) implements Classified {
            @Override
            public String importId() {
                return end.importId();
            }
        }

        /** A record that cannot be written anywhere. */
        record Unusable(Fatal failure) implements Classified {
            @Override
            public @Nullable String importId() {
                return null;
            }
        }
    }

    Classified classify(Received<ImportRow> received) {
        return switch (received.event()) {
            case null -> unusable(ROW_DELETED, "the record has no value, but rows are not deleted by events");
            case Rejection rejection -> new Classified.Rejected(rejection);
            case End end -> new Classified.FileEnd(end);
            case Data data -> classify(received.key(), data);
        };
    }

    /** Checks the row. The importer checked the rows of its imports, but other programs may write to the topic too. */
    private Classified classify(String key, Data data) {
        var known = kinds.get(data.kind());
        if (known == null) {
            var detail = "there is no kind '%s' here; there are: %s".formatted(data.kind(), names());
            return invalid(data, UNKNOWN_KIND, List.of(new Reason(null, detail)));
        }
        return switch (known.rules().check(data.fields())) {
            case Checked.Refused(var reasons) -> invalid(data, ROW_INVALID, reasons);
            case Accepted(var naturalKey, var fields)
            when !key.equals(Data.key(data.kind(), naturalKey)) && !isFormer(key, known.kind(), data) ->
                unusable(
                        KEY_MISMATCH,
                        "the record's key must be the kind, a colon and the row's natural key in its one form");
            case Accepted(var naturalKey, var fields) ->
                new Classified.Valid(new Row(
                        known.kind(), naturalKey, new Data(data.kind(), data.importId(), data.rowNumber(), fields)));
        };
    }

    /**
     * Says whether another program left out the row's slug and derived the record's key as Sluice did before. The row
     * has its present slug all the same.
     */
    private static boolean isFormer(String key, ImportKind kind, Data data) {
        return kind.key()
                .derivedFrom()
                .filter(_ -> data.fields().getOrDefault(kind.key().name(), "").isBlank())
                .map(data.fields()::get)
                .filter(name -> key.equals(Data.key(kind.name(), FormerSlug.of(name))))
                .isPresent();
    }

    /** A row of an import needs an outcome in every case, or the import would never be complete. */
    private static Classified invalid(Data data, FailureCode code, List<Reason> reasons) {
        if (data.importId() != null && data.rowNumber() != null) {
            return new Classified.Invalid(
                    RowResult.rejected(data.importId(), data.rowNumber(), data.fields(), reasons));
        }
        return unusable(code, reasons.stream().map(Reason::sentence).collect(joining("; ")));
    }

    private static Classified unusable(FailureCode code, String detail) {
        return new Classified.Unusable(new Fatal(code, detail));
    }

    private String names() {
        return kinds.keySet().stream().sorted().collect(joining(", "));
    }
}
