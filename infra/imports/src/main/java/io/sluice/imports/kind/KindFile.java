package io.sluice.imports.kind;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.imports.kind.ImportKind.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The YAML file of a kind, as {@code docs/import-kinds.md} describes it.
 *
 * @param key name of the field that identifies a row
 * @param unknownColumns null stands for {@code ignore}
 * @param goesTo null stands for {@code table}
 * @param fields by name, in order; a field without a value is an optional text
 */
record KindFile(
        @Nullable String description,
        @Nullable String key,
        @Nullable UnknownColumns unknownColumns,
        @Nullable Target goesTo,
        @Nullable LinkedHashMap<String, @Nullable FieldEntry> fields) {
    private static final ObjectReader YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build()
            .readerFor(KindFile.class);

    enum UnknownColumns {
        KEEP,
        IGNORE
    }

    /** A field in the file. What is null has a default. */
    record FieldEntry(
            @Nullable FieldType type,
            @Nullable Boolean required,
            @Nullable Integer maxLength,
            @Nullable Integer padTo,
            @Nullable List<@Nullable String> synonyms,
            @Nullable String derivedFrom,
            @Nullable String within,
            @Nullable String refersTo,
            @Nullable String parent,
            @Nullable String example) {
        static final FieldEntry USUAL = new FieldEntry(null, null, null, null, null, null, null, null, null, null);

        Field named(String name, boolean isKey) {
            return new Field(
                    name,
                    Objects.requireNonNullElse(type, FieldType.TEXT),
                    isKey || Boolean.TRUE.equals(required),
                    Objects.requireNonNullElse(maxLength, Field.USUAL_LENGTH),
                    headers(),
                    Objects.requireNonNullElse(padTo, 0),
                    Optional.ofNullable(derivedFrom),
                    Optional.ofNullable(within),
                    Optional.ofNullable(refersTo),
                    Optional.ofNullable(parent),
                    Objects.requireNonNullElse(example, ""));
        }

        /** A line with nothing but a hyphen is null. */
        private List<String> headers() {
            return synonyms == null
                    ? List.of()
                    : synonyms.stream().map(each -> each == null ? "" : each).toList();
        }
    }

    /**
     * Reads a kind.
     *
     * @param name the kind's name, which is that of its file
     * @param place the file, for messages
     * @throws UnusableKindException when the file is wrong; the message names the place and what to write
     */
    static ImportKind parse(String name, String place, String yaml) {
        try {
            var file = YAML.<@Nullable KindFile>readValue(yaml);
            if (file == null) {
                throw new IllegalArgumentException("the file is empty: write description, key and fields");
            }
            return file.kind(name);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof JsonParseException cause) {
                throw noYaml(place, cause);
            }
            throw new UnusableKindException(place + at(path(e), yaml) + problem(e), e);
        } catch (JsonProcessingException e) {
            throw noYaml(place, e);
        } catch (UnusableFieldException e) {
            throw new UnusableKindException(place + at(List.of("fields", e.field), yaml) + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UnusableKindException(place + ": " + e.getMessage(), e);
        }
    }

    private static UnusableKindException noYaml(String place, JsonProcessingException e) {
        var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        return new UnusableKindException(
                "%s, line %d: is not valid YAML: %s".formatted(place, line, firstLine(e.getOriginalMessage())), e);
    }

    private static final class UnusableFieldException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String field;

        UnusableFieldException(String field, IllegalArgumentException cause) {
            super(cause.getMessage(), cause);
            this.field = field;
        }
    }

    private ImportKind kind(String name) {
        if (fields == null || fields.isEmpty()) {
            throw new IllegalArgumentException("there are no fields: write 'fields:' and a name a line below it");
        }
        if (key == null || !fields.containsKey(key)) {
            throw new IllegalArgumentException("write 'key:' and the field by which a row is known; there are: "
                    + String.join(", ", fields.keySet()));
        }
        var named = new ArrayList<Field>();
        fields.forEach((field, entry) -> {
            try {
                var isKey = field.equals(key);
                named.add(
                        isKey ? 0 : named.size(),
                        Objects.requireNonNullElse(entry, FieldEntry.USUAL).named(field, isKey));
            } catch (IllegalArgumentException e) {
                throw new UnusableFieldException(field, e);
            }
        });
        return new ImportKind(
                name,
                Objects.requireNonNullElse(description, ""),
                named,
                unknownColumns == UnknownColumns.KEEP,
                Objects.requireNonNullElse(goesTo, Target.TABLE));
    }

    /** {@return the place in the file, with its line and path} */
    private static String at(List<String> path, String yaml) {
        if (path.isEmpty()) {
            return ": ";
        }
        return ", line %d: %s: ".formatted(line(path, yaml), String.join(".", path));
    }

    private static int line(List<String> path, String yaml) {
        var wanted = "/" + String.join("/", path);
        try (var tokens = YAML.createParser(yaml)) {
            while (tokens.nextToken() != null) {
                if (tokens.getParsingContext().pathAsPointer().toString().equals(wanted)) {
                    return tokens.currentTokenLocation().getLineNr();
                }
            }
            return 1;
        } catch (IOException e) {
            throw new UncheckedIOException("the file was valid YAML before", e);
        }
    }

    private static String problem(JsonMappingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "'%s' is not known here; known are: %s"
                        .formatted(
                                unknown.getPropertyName(),
                                unknown.getKnownPropertyIds().stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            case InvalidFormatException wrong ->
                "'%s' cannot be read: write %s".formatted(wrong.getValue(), expected(wrong.getTargetType()));
            default -> "is not in the form that is expected here: compare it with the example in docs/import-kinds.md";
        };
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return type == Boolean.class ? "true or false" : type == Integer.class ? "a whole number" : "a text";
    }

    private static List<String> path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .toList();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
