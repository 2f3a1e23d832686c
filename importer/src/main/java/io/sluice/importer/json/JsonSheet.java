package io.sluice.importer.json;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Limits;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.importer.sheet.Sheet;
import io.sluice.schemas.imports.ImportFacts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON objects, field by value. What a spreadsheet has as its header are here the names of all objects, in the
 * order in which they come up; a name that an object lacks leaves its field as it is. The first object is row 1; of an
 * object a line, the row is the line.
 */
public final class JsonSheet implements Sheet {
    private static final int HEADER_ROW = 0;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final byte[] file;
    private final boolean lines;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private boolean hasRows;

    private JsonSheet(byte[] file, boolean lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Opens an array of objects.
     *
     * @throws FileRefusedException when it is no JSON array to its end, or its objects have too many names
     */
    public static JsonSheet ofArray(byte[] file, Limits limits) {
        return new JsonSheet(file, false).lookedThrough(limits);
    }

    /**
     * Opens a file with an object on each line.
     *
     * @throws FileRefusedException when its objects have too many names
     */
    public static JsonSheet ofLines(byte[] file, Limits limits) {
        return new JsonSheet(file, true).lookedThrough(limits);
    }

    private JsonSheet lookedThrough(Limits limits) {
        try {
            each((number, item) -> {
                hasRows = true;
                for (var name : item.values().keySet()) {
                    if (columns.putIfAbsent(name, columns.size()) == null && columns.size() > limits.columns()) {
                        throw limits.tooManyColumns(number);
                    }
                }
                return true;
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody waits here", e);
        }
        return this;
    }

    @Override
    public List<String> read(Rows rows) throws InterruptedException {
        var header = new ArrayList<>(columns.keySet());
        if (hasRows && rows.accept(new Row(HEADER_ROW, header, List.of()))) {
            each((number, item) -> rows.accept(row(number, item)));
        }
        return List.of();
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(ImportFacts.FORMAT, "json");
    }

    private Row row(int number, Item item) {
        var cells = new ArrayList<>(Collections.nCopies(columns.size(), ""));
        var missing = new HashSet<>(columns.values());
        var numbers = new HashSet<Integer>();
        item.values().forEach((name, value) -> {
            var column = columns.get(name);
            if (column != null) {
                cells.set(column, value);
                missing.remove(column);
                if (item.numbers().contains(name)) {
                    numbers.add(column);
                }
            }
        });
        return new Row(number, cells, numbers, missing, item.faults());
    }

    /** What is where a row should be. */
    private record Item(Map<String, String> values, Set<String> numbers, List<Fault> faults) {
        static Item wrong(String why) {
            return new Item(Map.of(), Set.of(), List.of(new Fault(null, why)));
        }
    }

    @FunctionalInterface
    private interface Items {
        boolean accept(int number, Item item) throws InterruptedException;
    }

    private void each(Items items) throws InterruptedException {
        try {
            if (lines) {
                eachLine(items);
            } else {
                eachElement(items);
            }
        } catch (JsonProcessingException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    private void eachElement(Items items) throws IOException, InterruptedException {
        try (var json = JSON.createParser(file)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new FileRefusedException(FILE_DAMAGED, "The rows are not a JSON array of objects.");
            }
            int number = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                number++;
                var item = json.currentToken() == JsonToken.START_OBJECT ? object(json) : other(json);
                if (!items.accept(number, item)) {
                    return;
                }
            }
            if (json.nextToken() != null) {
                throw new FileRefusedException(FILE_DAMAGED, "There is something behind the JSON array of rows.");
            }
        }
    }

    private void eachLine(Items items) throws IOException, InterruptedException {
        int number = 0;
        int start = 0;
        while (start < file.length) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            number++;
            if (!isBlank(start, end) && !items.accept(number, line(start, end))) {
                return;
            }
            start = end + 1;
        }
    }

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (file[i] != ' ' && file[i] != '\t' && file[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private Item line(int start, int end) throws IOException {
        try (var json = JSON.createParser(file, start, end - start)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Item.wrong("The line is no JSON object");
            }
            var item = object(json);
            return json.nextToken() == null ? item : Item.wrong("The line has something behind its JSON object");
        } catch (JsonProcessingException e) {
            return Item.wrong("The line is no JSON object: " + e.getOriginalMessage());
        }
    }

    private static Item other(JsonParser json) throws IOException {
        json.skipChildren();
        return Item.wrong("The row is no JSON object");
    }

    private static Item object(JsonParser json) throws IOException {
        var values = new LinkedHashMap<String, String>();
        var numbers = new HashSet<String>();
        int size = 0;
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            var token = json.nextToken();
            var value = value(json, token);
            size += name.length() + value.length();
            if (token == JsonToken.VALUE_NUMBER_INT) {
                numbers.add(name);
            }
            values.put(name, value);
        }
        return size > 2 * Limits.ROW_LENGTH
                ? Item.wrong("The row has more than %,d characters".formatted(Limits.ROW_LENGTH))
                : new Item(values, numbers, List.of());
    }

    /** An array or object stays JSON, null is blank, and everything else is its text. */
    private static String value(JsonParser json, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
            return json.getText();
        }
        var text = new StringWriter();
        try (var copy = JSON.createGenerator(text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    private static FileRefusedException damaged(JsonProcessingException e) {
        var at = e.getLocation();
        var where = at == null ? "" : " at line %,d, column %,d".formatted(at.getLineNr(), at.getColumnNr());
        return new FileRefusedException(
                FILE_DAMAGED, "The rows are no JSON%s: %s.".formatted(where, e.getOriginalMessage()), e);
    }
}
