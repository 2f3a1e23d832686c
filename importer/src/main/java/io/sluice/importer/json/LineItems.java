package io.sluice.importer.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One object a line; the row number is the line number. */
final class LineItems implements JsonItems {
    private final byte[] file;
    private int number;
    private int start;

    LineItems(byte[] file) {
        this.file = file;
    }

    @Override
    public @Nullable JsonItem next() throws IOException {
        while (start < file.length) {
            int from = start;
            int end = from;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            start = end + 1;
            number++;
            if (!isBlank(from, end)) {
                return line(from, end);
            }
        }
        return null;
    }

    private boolean isBlank(int from, int end) {
        for (int i = from; i < end; i++) {
            if (file[i] != ' ' && file[i] != '\t' && file[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private JsonItem line(int from, int end) throws IOException {
        try (var json = JsonObjects.JSON.createParser(file, from, end - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return JsonItem.wrong(number, "The line is not a JSON object");
            }
            var item = JsonObjects.read(number, json);
            return json.nextToken() == null
                    ? item
                    : JsonItem.wrong(number, "The line has more text after its JSON object");
        } catch (JsonProcessingException e) {
            return JsonItem.wrong(number, "The line is not a JSON object: " + e.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        // the file is in memory: there is nothing to give back
    }
}
