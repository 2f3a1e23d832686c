package io.sluice.bench.harness;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The result of one run of one benchmark; its JSON file has the same members.
 *
 * @param at when the run ended, ISO 8601
 * @param machine processors, memory and JDK in words
 * @param quick whether the run only showed that the benchmark works
 * @param loadBefore the load average before the run
 */
public record Report(
        String benchmark,
        String at,
        String machine,
        boolean quick,
        double loadBefore,
        List<Figure> figures,
        List<String> notes) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .enable(SerializationFeature.INDENT_OUTPUT);

    public Report {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /** {@return the file for the report of a benchmark} */
    static Path file(Path directory, String benchmark) {
        return directory.resolve("bench-" + benchmark + ".json");
    }

    static Report read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Report.class);
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    /** {@return the table, with the notes below it} */
    String markdown() {
        var lines = figures.stream().map(Figure::row).collect(Collectors.joining("\n", Figure.HEADER, "\n"));
        var told = notes.stream().map(note -> note + "\n").collect(Collectors.joining());
        var disturbed = figures.stream().anyMatch(Figure::isDisturbed)
                ? "`!`: other work took more than " + NumberText.text(Machine.QUIET) + " cores during a round.\n"
                : "";
        return lines + "\n" + told + disturbed
                + String.format(
                        Locale.ROOT,
                        "%s%s; %s; load average before it %.1f.%n",
                        quick ? "A quick run, no measurement: " : "",
                        at,
                        machine,
                        loadBefore);
    }
}
