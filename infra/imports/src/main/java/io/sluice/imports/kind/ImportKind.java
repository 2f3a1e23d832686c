package io.sluice.imports.kind;

import static io.sluice.imports.kind.Field.require;

import io.sluice.imports.text.Folding;
import io.sluice.schemas.product.ProductSaved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of import: the fields of its rows, and where the rows go.
 *
 * @param name also the name of its table
 * @param fields in the order of the template and the table; the first is the natural key
 * @param keepsUnknown whether columns that are no field are kept: in a table as JSON in the column {@value #EXTRA}, of
 *     a product those that begin with {@value #METADATA} as its metadata
 * @param target where its rows go
 */
public record ImportKind(String name, String description, List<Field> fields, boolean keepsUnknown, Target target) {
    /** The column of a table that keeps the values of columns that are no field. */
    public static final String EXTRA = "extra";
    /** The prefix of columns that become a product's metadata. */
    public static final String METADATA = "metadata.";

    private static final int MOST_FIELDS = 200;
    private static final Set<String> OF_A_PRODUCT = Set.of("product_id", "name", "description");
    /** Beginnings of the names of Sluice's own tables. */
    private static final List<String> TAKEN = List.of("products", "photos", "import", "flyway", "pg_");
    /** Sluice's other tables in the schema {@code public}. Their indexes have longer names. */
    private static final List<String> TABLES = List.of(
            "product_indexed",
            "embeddings",
            "object_removals",
            "photo_sweep",
            "photo_counts",
            "photo_faces",
            "indexed_faces",
            "face_results",
            "face_references",
            "face_enrolments",
            "face_matches");

    public ImportKind {
        fields = List.copyOf(fields);
        Field.requireIdentifier(name);
        require(
                !fields.isEmpty() && fields.size() <= MOST_FIELDS,
                "a kind must have between 1 and %d fields, '%s' has %d".formatted(MOST_FIELDS, name, fields.size()));
        switch (target) {
            case TABLE ->
                require(
                        !isTaken(name),
                        "'%s' is too close to the name of a table of Sluice: choose another name for the kind"
                                .formatted(name));
            case PRODUCTS -> requireProduct(fields);
        }
        var key = fields.getFirst();
        require(key.required(), "the key '%s' must be required".formatted(key.name()));
        require(
                key.maxLength() <= Field.USUAL_LENGTH,
                "the key '%s' may have a max_length of at most %d, has %d"
                        .formatted(key.name(), Field.USUAL_LENGTH, key.maxLength()));
        require(
                key.type().mayBeKey(),
                "rows are known by a text, and the key '%s' is of the type %s: write 'type: text'"
                        .formatted(key.name(), key.type()));
        requireOneFieldPerHeader(fields);
        requireKnown(fields);
    }

    /** Where rows go. */
    public enum Target {
        /** A table of the kind's name in schema {@code public}. */
        TABLE,
        /** The topic {@code products.v1}. A row becomes a product. */
        PRODUCTS,
    }

    /** {@return the field that identifies a row} */
    public Field key() {
        return fields.getFirst();
    }

    /** {@return the field of this name} */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** {@return whether the value of a column that is no field is kept with its row} */
    public boolean keeps(String column) {
        return keepsUnknown
                && switch (target) {
                    case TABLE -> true;
                    case PRODUCTS -> column.startsWith(METADATA) && column.length() > METADATA.length();
                };
    }

    /** {@return the names that a column can be assigned to, for a sentence} */
    public String fieldNames() {
        var metadata = keepsUnknown && target == Target.PRODUCTS ? Stream.of(METADATA + "*") : Stream.<String>empty();
        return Stream.concat(fields.stream().map(Field::name), metadata).collect(Collectors.joining(", "));
    }

    private static boolean isTaken(String name) {
        return TAKEN.stream().anyMatch(name::startsWith)
                || TABLES.stream().anyMatch(table -> name.equals(table) || name.startsWith(table + "_"));
    }

    private static void requireProduct(List<Field> fields) {
        var names = fields.stream().map(Field::name).collect(Collectors.toSet());
        require(
                names.equals(OF_A_PRODUCT) && fields.getFirst().name().equals("product_id"),
                "a kind that goes to products has the key product_id and the fields name and description, and no"
                        + " other");
        requireProductText(fields, "name", ProductSaved.MAX_NAME);
        requireProductText(fields, "description", ProductSaved.MAX_DESCRIPTION);
    }

    /** The row becomes a {@link ProductSaved}, which has the same limits. */
    private static void requireProductText(List<Field> fields, String name, int longest) {
        for (var field : fields) {
            require(
                    !field.name().equals(name) || (field.required() && field.maxLength() <= longest),
                    "'%s' of a product must have 'required: true' and a max_length of at most %d"
                            .formatted(name, longest));
        }
    }

    private static void requireOneFieldPerHeader(List<Field> fields) {
        Map<String, Field> byHeader = new HashMap<>();
        for (var field : fields) {
            var headers = Stream.concat(Stream.of(field.name()), field.synonyms().stream());
            headers.forEach(header -> {
                var folded = Folding.header(header);
                require(!folded.isEmpty(), "a synonym of '%s' is blank: remove it".formatted(field.name()));
                var other = byHeader.put(folded, field);
                require(
                        other == null || other.equals(field),
                        "the header '%s' belongs to '%s' and to '%s': remove it from one of them"
                                .formatted(header, other == null ? "" : other.name(), field.name()));
            });
        }
    }

    private static void requireKnown(List<Field> fields) {
        var names = fields.stream().map(Field::name).toList();
        require(Set.copyOf(names).size() == names.size(), "a field is defined twice: %s".formatted(names));
        for (var field : fields) {
            Stream.of(field.derivedFrom(), field.within(), field.parent())
                    .flatMap(Optional::stream)
                    .forEach(other -> require(
                            names.contains(other) && !other.equals(field.name()),
                            "'%s' refers to the field '%s', which does not exist; there are: %s"
                                    .formatted(field.name(), other, String.join(", ", names))));
        }
    }
}
