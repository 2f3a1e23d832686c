package io.sluice.imports.columns;

import io.sluice.imports.kind.Field;

/** A column of a file, and what its values are. */
public sealed interface Column {
    /** {@return its name, which no other column of the file has} */
    String header();

    /** Its values are a field's. */
    record OfField(String header, Field field) implements Column {}

    /**
     * It is no field, and its values are kept with the row.
     *
     * @param name what they are kept under
     */
    record Kept(String header, String name) implements Column {}

    /** Its values are not used; they are seen among the cells of a row that is rejected. */
    record Unused(String header) implements Column {}

    /** As if it were not there: it is empty, or comes from a file of errors and will come again in the next. */
    record Skipped(String header) implements Column {}
}
