package io.sluice.kinds;

import java.util.List;
import java.util.Optional;

/**
 * What the rows of one kind of import hold.
 *
 * @param name also the name of its table
 * @param fields in the order of the template and the table; the first is the natural key
 * @param keepsUnknown whether columns that are no field are kept, as JSON in the column {@value #EXTRA}
 * @param target where its rows go
 */
public record ImportKind(String name, String description, List<Field> fields, boolean keepsUnknown, Target target) {
    /** The column that keeps what is no field. */
    public static final String EXTRA = "extra";

    public ImportKind {
        fields = List.copyOf(fields);
    }

    /** Where rows go. */
    public enum Target {
        /** A table of the kind's name in schema {@code public}. */
        TABLE,
        /** The topic {@code products.v1}; a row is a product. */
        PRODUCTS,
    }

    /** {@return the field by which a row is known} */
    public Field key() {
        return fields.getFirst();
    }

    /** {@return the field of this name} */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
