package io.sluice.importer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.importer.sheet.FileLimits;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object as the cells of a row. */
final class JsonObjects {
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonObjects() {}

    /** {@return the object that the parser has just entered, as the item of this row} */
    static JsonItem read(int number, JsonParser json) throws IOException {
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
        return size > 2 * FileLimits.ROW_LENGTH
                ? JsonItem.wrong(number, "The row has more than %,d characters".formatted(FileLimits.ROW_LENGTH))
                : new JsonItem(number, values, numbers, List.of());
    }

    /** An array or object stays JSON, null is blank, and every other value is its text. */
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
}
