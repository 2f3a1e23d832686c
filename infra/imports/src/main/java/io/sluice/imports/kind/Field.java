package io.sluice.imports.kind;

import io.sluice.imports.text.Slug;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One field of a kind.
 *
 * @param name also the name of its column, in snake case
 * @param required whether a row without it is rejected
 * @param maxLength in characters (code points)
 * @param synonyms headers that mean this field, besides its name
 * @param padTo number of digits to which a value is filled up with leading zeros, which a spreadsheet program dropped;
 *     0 for none
 * @param derivedFrom the field it is made from when it is missing, as a slug is made from a name
 * @param within for a derived slug: the field that holds its parent, in which the name is unique; the slug then begins
 *     with that of the parent
 * @param refersTo the kind whose rows it names by their key or name, such as {@code categories}
 * @param parent for a reference that is created when it is missing: the field of this row that goes into its {@code
 *     category}
 * @param example for the template
 */
public record Field(
        String name,
        FieldType type,
        boolean required,
        int maxLength,
        List<String> synonyms,
        int padTo,
        Optional<String> derivedFrom,
        Optional<String> within,
        Optional<String> refersTo,
        Optional<String> parent,
        String example) {
    /** The maximal length of a field whose file does not say another. */
    public static final int USUAL_LENGTH = 255;

    private static final int LONGEST = 100_000;
    private static final int MOST_ZEROS = 30;
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    /** Columns of every kind's table, of a file of errors, and of every Postgres table. */
    private static final Set<String> TAKEN = Set.of(
            ImportKind.EXTRA,
            "created_at",
            "updated_at",
            "row_number",
            "error",
            "ctid",
            "xmin",
            "xmax",
            "cmin",
            "cmax",
            "tableoid");

    public Field {
        requireIdentifier(name);
        require(!TAKEN.contains(name), "'%s' is a column of Sluice itself: choose another name".formatted(name));
        require(
                maxLength >= 1 && maxLength <= LONGEST,
                "max_length must be between 1 and %d, is %d".formatted(LONGEST, maxLength));
        require(
                padTo >= 0 && padTo <= MOST_ZEROS,
                "pad_to must be between 1 and %d, is %d".formatted(MOST_ZEROS, padTo));
        require(
                padTo == 0 || type.mayBePadded(),
                "pad_to is for digits, and '%s' is a %s: remove it".formatted(name, type));
        require(
                derivedFrom.isEmpty() || type == FieldType.SLUG,
                "derived_from is for a slug, and '%s' is a %s: write 'type: slug', or remove it".formatted(name, type));
        require(within.isEmpty() || derivedFrom.isPresent(), "within goes with derived_from: write both, or remove it");
        require(refersTo.isPresent() || parent.isEmpty(), "parent goes with refers_to: write both, or remove it");
        synonyms = List.copyOf(synonyms);
    }

    /**
     * Returns the slug that this field, which is derived, has for a name.
     *
     * @param parent name or slug of the parent; blank for none, and not used when the slug does not begin with it
     */
    public String slugOf(String name, String parent) {
        return within.isPresent() ? Slug.within(parent, name, maxLength) : Slug.of(name, maxLength);
    }

    /** {@return this text, if it can be the name of a table or column} */
    static String requireIdentifier(String name) {
        require(
                IDENTIFIER.matcher(name).matches(),
                ("'%s' cannot be the name of a table or column: write lower-case letters, digits and _ only, a letter"
                                + " first, at most 63")
                        .formatted(name));
        return name;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
