package io.sluice.importer.json;

import static io.sluice.importer.sheet.ImporterFailure.FILE_DAMAGED;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.importer.sheet.FileRefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The elements of a JSON array; the first is row 1. */
final class ArrayItems implements JsonItems {
    private final JsonParser json;
    private int number;

    ArrayItems(byte[] file) throws IOException {
        this.json = JsonObjects.JSON.createParser(file);
    }

    @Override
    public @Nullable JsonItem next() throws IOException {
        if (json.isClosed()) {
            return null;
        }
        if (number == 0 && json.nextToken() != JsonToken.START_ARRAY) {
            throw new FileRefusedException(FILE_DAMAGED, "The rows are not a JSON array of objects.");
        }
        number++;
        return switch (json.nextToken()) {
            case END_ARRAY -> end();
            case START_OBJECT -> JsonObjects.read(number, json);
            case null, default -> other();
        };
    }

    private JsonItem other() throws IOException {
        json.skipChildren();
        return JsonItem.wrong(number, "The row is not a JSON object");
    }

    private @Nullable JsonItem end() throws IOException {
        if (json.nextToken() != null) {
            throw new FileRefusedException(FILE_DAMAGED, "There is more text after the JSON array of rows.");
        }
        json.close();
        return null;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
