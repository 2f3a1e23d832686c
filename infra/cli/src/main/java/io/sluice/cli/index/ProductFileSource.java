package io.sluice.cli.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.command.CommandFailedException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A file of products: one JSON object a line, or one JSON array. A product may name its picture in {@code image_file}, a
 * path relative to the folder of the file.
 */
record ProductFileSource(Path file) implements ProductSource {
    private static final String IMAGE = "image_file";
    private static final List<String> FIELDS = List.of("product_id", "name", "description", "metadata");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A UTF-8 byte order mark, decoded as Latin-1. */
    private static final String MARK = new String("\uFEFF".getBytes(UTF_8), ISO_8859_1);

    @Override
    public String fingerprint() throws IOException {
        return ProductSource.fingerprint(file);
    }

    @Override
    public long count() throws IOException {
        try (var all = items()) {
            return all.mapToLong(item -> 1).sum();
        }
    }

    @Override
    public Stream<ProductEntry> entries() throws IOException {
        return items().map(this::entry);
    }

    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    private record Item(String place, byte[] json) {}

    private Stream<Item> items() throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        try {
            return isArray(in) ? array(in) : lines(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static boolean isArray(InputStream in) throws IOException {
        in.mark(1 << 10);
        var first = in.read();
        while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
            first = in.read();
        }
        in.reset();
        return first == '[';
    }

    /** Reads bytes as Latin-1 and writes them as Latin-1, so that they do not change: the gateway rejects what is not UTF-8. */
    private static Stream<Item> lines(InputStream in) {
        var lines = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
        var number = new AtomicLong();
        return lines.lines()
                .map(line -> new Item(
                        "line " + number.incrementAndGet(), unmarked(line).getBytes(ISO_8859_1)))
                .filter(item -> !new String(item.json(), ISO_8859_1).isBlank())
                .onClose(() -> close(in));
    }

    private static String unmarked(String line) {
        return line.startsWith(MARK) ? line.substring(MARK.length()) : line;
    }

    private Stream<Item> array(InputStream in) throws IOException {
        var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in);
        var number = new AtomicLong();
        return Stream.generate(() -> next(values, number.incrementAndGet()))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .onClose(() -> close(in));
    }

    private Optional<Item> next(MappingIterator<JsonNode> values, long number) {
        try {
            return values.hasNextValue()
                    ? Optional.of(new Item(
                            "item " + number, values.nextValue().toString().getBytes(UTF_8)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s is not a JSON array from item %d on (%s): correct it and call again; nothing was sent"
                            .formatted(
                                    file,
                                    number,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")));
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProductEntry entry(Item item) {
        JsonNode product;
        try {
            product = JSON.readTree(item.json());
        } catch (IOException e) {
            return new ProductEntry.Bare(item.place(), "", item.json());
        }
        var id = product.path("product_id").asText("");
        var image = product.path(IMAGE);
        return image.isMissingNode() || image.isNull()
                ? new ProductEntry.Bare(item.place(), id, item.json())
                : pictured(item.place(), id, product);
    }

    private ProductEntry pictured(String place, String id, JsonNode product) {
        var folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        var picture = folder.resolve(product.path(IMAGE).asText()).normalize();
        if (!picture.startsWith(folder.normalize())) {
            return new ProductEntry.Wrong(place, id, IMAGE + " must be in the folder of the file");
        }
        if (!Files.isReadable(picture) || Files.isDirectory(picture)) {
            return new ProductEntry.Wrong(place, id, IMAGE + " " + picture + " cannot be read");
        }
        var fields = new LinkedHashMap<String, String>();
        for (var field : FIELDS) {
            var value = product.path(field);
            if (value.isTextual() || value.isObject()) {
                fields.put(field, value.isTextual() ? value.textValue() : value.toString());
            } else if (!value.isMissingNode() && !value.isNull()) {
                return new ProductEntry.Wrong(place, id, field + " must be a string");
            }
        }
        return new ProductEntry.Pictured(place, id, fields, picture);
    }
}
