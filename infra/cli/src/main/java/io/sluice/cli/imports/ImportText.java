package io.sluice.cli.imports;

import io.sluice.client.imports.ImportState;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said to a person about an import. */
final class ImportText {
    private ImportText() {}

    /** {@return one line: where it stands, and why} */
    static String summary(ImportState state) {
        var why = state.error().isEmpty() ? "" : ": " + state.error();
        return "import %s %s%s".formatted(state.id(), state.status().wireName(), why);
    }

    /** {@return what became of the rows: {@code 900 created, 0 updated, 0 unchanged, 100 rejected}} */
    static String counts(ImportState state) {
        var counts = "%,d created, %,d updated, %,d unchanged, %,d rejected"
                .formatted(state.rowsCreated(), state.rowsUpdated(), state.rowsUnchanged(), state.rowsRejected());
        return state.isDryRun() ? "a dry run, nothing is written; it would be " + counts : counts;
    }

    /** {@return what the file was read as, such as {@code csv, windows-1252, delimiter ;}; empty while that is not known} */
    static String form(ImportState state) {
        return Stream.of(
                        state.format(),
                        state.encoding(),
                        state.delimiter().isEmpty() ? "" : "delimiter " + state.delimiter(),
                        state.sheet().isEmpty() ? "" : "sheet " + state.sheet())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** {@return when it was accepted, to the second} */
    static String createdAt(ImportState state) {
        return state.createdAt().replaceFirst("\\.[0-9]+Z$", "Z");
    }
}
