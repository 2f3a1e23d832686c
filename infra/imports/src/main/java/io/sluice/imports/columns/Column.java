package io.sluice.imports.columns;

import io.sluice.imports.kind.Field;

/** A column of a file, and what its values are used for. */
public sealed interface Column {
    /** {@return the name of the column, which no other column of the file has} */
    String header();

    /** Its values belong to a field. */
    record OfField(String header, Field field) implements Column {}

    /**
     * It is not a field. Its values are kept with the row.
     *
     * @param name under which they are kept
     */
    record Kept(String header, String name) implements Column {}

    /** Its values are not used. They are only shown with a rejected row. */
    record Unused(String header) implements Column {}

    /**
     * It is treated as if it were not in the file. Either it is empty, or it comes from a file of errors, which will
     * have it again.
     */
    record Skipped(String header) implements Column {}
}
