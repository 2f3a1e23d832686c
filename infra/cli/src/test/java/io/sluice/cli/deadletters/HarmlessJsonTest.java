package io.sluice.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HarmlessJsonTest {
    private static final String PIECES = "=+-@,;\"\\a1 \n\t|:{}'\u001b\u202eé";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void formulasBeginWithEscapes() throws IOException {
        var json = JSON.readTree("""
                {"=1+1":"=HYPERLINK(\\"http://x\\")","a":"x,=1;-2","b":"\\"@sum","id":"0-7","at":"2026-11-27","n":-5}""");

        assertThat(HarmlessJson.of(json)).isEqualTo("""
                        {"\\u003d1+1":"\\u003dHYPERLINK(\\"http://x\\")","a":"x,\\u003d1;\\u002d2","b":"\\"\\u0040sum",\
                        "id":"0-7","at":"2026-11-27","n":-5}""");
    }

    @Seeded
    @Test
    void theContentStaysAndNoCellOfASpreadsheetBeginsAFormula(Seed seed) {
        var random = seed.random();
        IntStream.range(0, 5_000).forEach(_ -> {
            var json = JsonNodeFactory.instance.objectNode();
            IntStream.range(0, 3).forEach(_ -> json.put(text(random), text(random)));
            var harmless = HarmlessJson.of(json);

            assertThat(read(harmless)).isEqualTo(json);
            assertThat(harmless.split("[,;|\t]", -1)).noneMatch(cell -> cell.matches("(?s)[\\s'\"]*[=+@-].*"));
            assertThat(harmless.chars()).noneMatch(Character::isISOControl).noneMatch(unit -> unit == '\u202e');
        });
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(10))
                .mapToObj(_ -> String.valueOf(PIECES.charAt(random.nextInt(PIECES.length()))))
                .collect(Collectors.joining());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
