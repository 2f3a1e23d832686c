package io.sluice.imports.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.imports.kind.ImportKind.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All kinds of imports: those that come with Sluice, and those in an operator's folder. */
public final class ImportKinds {
    private static final List<String> OURS = List.of("companies", "categories", "subcategories", "products");
    private static final String FILE = ".yaml";

    private final Map<String, ImportKind> kinds;

    private ImportKinds(Map<String, ImportKind> kinds) {
        this.kinds = new TreeMap<>(kinds);
        kinds.values().forEach(this::requireReferences);
    }

    /**
     * Reads the kinds, each from a file {@code <name>.yaml}.
     *
     * @param folder an operator's folder, whose kinds may replace those that come with Sluice; empty for none
     * @throws UnusableKindException when a file is wrong; the message names the file, the place, and what to write
     */
    public static ImportKinds load(Optional<Path> folder) {
        Map<String, ImportKind> kinds = new TreeMap<>();
        OURS.forEach(name -> kinds.put(name, KindFile.parse(name, name + FILE, ours(name))));
        try {
            folder.ifPresent(path -> kinds.putAll(of(path)));
            return new ImportKinds(kinds);
        } catch (IllegalArgumentException e) {
            throw new UnusableKindException(String.valueOf(e.getMessage()), e);
        }
    }

    /** {@return all kinds, by name} */
    public List<ImportKind> all() {
        return List.copyOf(kinds.values());
    }

    /** {@return the kind of this name} */
    public Optional<ImportKind> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /** {@return the names, for a sentence} */
    public String names() {
        return String.join(", ", kinds.keySet());
    }

    private static String ours(String name) {
        try (var file = Objects.requireNonNull(ImportKinds.class.getResourceAsStream(name + FILE), name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ImportKind> of(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(ImportKinds::isKind)
                    .map(ImportKinds::read)
                    .collect(Collectors.toMap(ImportKind::name, kind -> kind));
        } catch (IOException e) {
            throw new UnusableKindException(
                    "The folder %s (SLUICE_IMPORT_KINDS) cannot be read: create it, make it readable, or remove the setting"
                            .formatted(folder),
                    e);
        }
    }

    private static boolean isKind(Path file) {
        var name = nameOf(file);
        if (name.endsWith(".yml")) {
            throw new IllegalArgumentException(file + " is not read: rename it to end in " + FILE);
        }
        return name.endsWith(FILE) && !name.startsWith(".");
    }

    private static ImportKind read(Path file) {
        var name = nameOf(file);
        try {
            return KindFile.parse(
                    name.substring(0, name.length() - FILE.length()), file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UnusableKindException(file + " cannot be read: it must be readable, and UTF-8", e);
        }
    }

    private static String nameOf(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    /**
     * A row that is created for a reference has a key, a name and the given parent. So its kind may require no other
     * field.
     */
    private void requireReferences(ImportKind kind) {
        for (var field : kind.fields()) {
            field.refersTo().ifPresent(name -> {
                var other = find(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s%s: fields.%s: there is no kind '%s' to refer to; there are: %s"
                                        .formatted(kind.name(), FILE, field.name(), name, names())));
                var needs = field.parent().isPresent()
                        ? List.of("name", field.parent().get())
                        : List.of("name");
                var fits = other.target() == Target.TABLE
                        && other.key().type() == FieldType.SLUG
                        && needs.stream().allMatch(need -> other.field(need).isPresent())
                        && other.fields().stream()
                                .filter(Field::required)
                                .allMatch(each -> each.equals(other.key()) || needs.contains(each.name()));
                Field.require(
                        fits,
                        ("%s%s: fields.%s: it refers to '%s', whose rows cannot be made for it: they must have a slug as"
                                        + " their key, the fields %s, and no other that is required")
                                .formatted(kind.name(), FILE, field.name(), name, String.join(" and ", needs)));
            });
        }
    }
}
