package io.sluice.cli.imports;

import io.sluice.cli.command.WholeSecond;
import io.sluice.client.imports.ImportState;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts for a person about an import. */
final class ImportText {
    private ImportText() {}

    /** {@return one line with the status of the import and its error} */
    static String summary(ImportState state) {
        var why = state.error().isEmpty() ? "" : ": " + state.error();
        return "import %s %s%s".formatted(state.id(), state.status().wireName(), why);
    }

    /** {@return the counts: {@code 900 created, 0 updated, 0 unchanged, 100 rejected}} */
    static String counts(ImportState state) {
        var counts = "%,d created, %,d updated, %,d unchanged, %,d rejected"
                .formatted(state.rowsCreated(), state.rowsUpdated(), state.rowsUnchanged(), state.rowsRejected());
        if (state.rowsMerged() > 0) {
            counts += "; %,d of them %s the key of an earlier row and other values"
                    .formatted(state.rowsMerged(), state.rowsMerged() == 1 ? "has" : "have");
        }
        return state.isDryRun() ? "dry run, nothing written; expected: " + counts : counts;
    }

    /** {@return the format of the file, such as {@code csv, windows-1252, delimiter ;}; empty while it is not known} */
    static String form(ImportState state) {
        return Stream.of(
                        state.format(),
                        state.encoding(),
                        state.delimiter().isEmpty() ? "" : "delimiter " + state.delimiter(),
                        state.sheet().isEmpty() ? "" : "sheet " + state.sheet())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** {@return the time when it was accepted, to the second} */
    static String createdAt(ImportState state) {
        return WholeSecond.of(state.createdAt());
    }
}
