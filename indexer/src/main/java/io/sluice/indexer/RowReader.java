package io.sluice.indexer;

import static io.sluice.indexer.IndexerFailure.ROW_DELETED;
import static io.sluice.indexer.IndexerFailure.ROW_INVALID;
import static io.sluice.runtime.RuntimeFailure.KEY_MISMATCH;
import static io.sluice.stores.imports.ImportFailure.UNKNOWN_KIND;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
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

/** Says what a record of {@code import-rows.v1} is, by the kinds that this indexer knows. */
final class RowReader {
    private final Map<String, Rules> kinds;

    RowReader(ImportKinds kinds) {
        this.kinds = kinds.all().stream()
                .collect(toUnmodifiableMap(ImportKind::name, kind -> new Rules(kind, new RowRules(kind))));
    }

    private record Rules(ImportKind kind, RowRules rules) {}

    /** What a record is. */
    sealed interface Reading {
        /** {@return the import it is part of; null for none} */
        @Nullable String importId();

        /** A row to be written. */
        record Right(Row row) implements Reading {
            @Override
            public @Nullable String importId() {
                return row.data().importId();
            }
        }

        /** A row of an import that is wrong by the kinds known here. */
        record Refused(RowResult row) implements Reading {
            @Override
            public String importId() {
                return row.importId();
            }
        }

        /** A row of an import that was wrong from the start. */
        record Wrong(Rejection rejection) implements Reading {
            @Override
            public String importId() {
                return rejection.importId();
            }
        }

        /** The end of an import. */
        record Last(End end) implements Reading {
            @Override
            public String importId() {
                return end.importId();
            }
        }

        /** Nothing that can be written anywhere. */
        record Unfit(Fatal failure) implements Reading {
            @Override
            public @Nullable String importId() {
                return null;
            }
        }
    }

    Reading read(Received<ImportRow> received) {
        return switch (received.event()) {
            case null -> unfit(ROW_DELETED, "rows are not deleted by a record without a value");
            case Rejection rejection -> new Reading.Wrong(rejection);
            case End end -> new Reading.Last(end);
            case Data data -> read(received.key(), data);
        };
    }

    /** A row of an import was checked by the importer; it is checked again, since anybody can write to the topic. */
    private Reading read(String key, Data data) {
        var known = kinds.get(data.kind());
        if (known == null) {
            var detail = "there is no kind '%s' here; there are: %s".formatted(data.kind(), names());
            return refused(data, UNKNOWN_KIND, List.of(new Reason(null, detail)));
        }
        return switch (known.rules().check(data.fields())) {
            case Checked.Refused(var reasons) -> refused(data, ROW_INVALID, reasons);
            case Accepted(var naturalKey, var fields)
            when !key.equals(Data.key(data.kind(), naturalKey)) ->
                unfit(
                        KEY_MISMATCH,
                        "the record's key is not its kind, a colon and the row's natural key in its one form");
            case Accepted(var naturalKey, var fields) ->
                new Reading.Right(new Row(
                        known.kind(), naturalKey, new Data(data.kind(), data.importId(), data.rowNumber(), fields)));
        };
    }

    /** A row of an import needs an outcome, whatever it is, or the import would not end. */
    private static Reading refused(Data data, FailureCode code, List<Reason> reasons) {
        if (data.importId() != null && data.rowNumber() != null) {
            return new Reading.Refused(RowResult.rejected(data.importId(), data.rowNumber(), data.fields(), reasons));
        }
        return unfit(code, reasons.stream().map(Reason::sentence).collect(joining("; ")));
    }

    private static Reading unfit(FailureCode code, String detail) {
        return new Reading.Unfit(new Fatal(code, detail));
    }

    private String names() {
        return kinds.keySet().stream().sorted().collect(joining(", "));
    }
}
