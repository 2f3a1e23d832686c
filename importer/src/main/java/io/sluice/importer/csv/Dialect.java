package io.sluice.importer.csv;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** How a text is cut into cells. */
record Dialect(char delimiter, char quote) {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int SAMPLE = 64 * 1024;
    private static final int RECORDS = 100;
    private static final Pattern SINGLE_OPENED = Pattern.compile("(?:^|[,;\\t|]) *'", Pattern.MULTILINE);
    private static final Pattern SINGLE_CLOSED = Pattern.compile("' *(?:$|[,;\\t|])", Pattern.MULTILINE);
    private static final Pattern DOUBLE_OPENED = Pattern.compile("(?:^|[,;\\t|]) *\"", Pattern.MULTILINE);

    /**
     * Tries what there is on the beginning of a text: the right delimiter gives rows that are as wide as their header. Of
     * several that do, the one with the most columns is taken.
     */
    static Dialect of(String text) {
        var cut = text.length() > SAMPLE;
        var sample = cut ? text.substring(0, SAMPLE) : text;
        var quote = quote(sample);
        var best = new Dialect(DELIMITERS.getFirst(), quote);
        double bestFit = 0;
        int bestWidth = 1;
        for (var delimiter : DELIMITERS) {
            var dialect = new Dialect(delimiter, quote);
            var widths = dialect.widths(sample, cut);
            var width = widths.isEmpty() ? 0 : widths.getFirst();
            if (width < 2) {
                continue;
            }
            var fit = widths.stream().filter(w -> w == width).count() / (double) widths.size();
            if (fit > bestFit || (fit == bestFit && width > bestWidth)) {
                best = dialect;
                bestFit = fit;
                bestWidth = width;
            }
        }
        return best;
    }

    /**
     * {@return a format that finds the cells as {@link CsvScan} does, and that no text is wrong for: what is wrong was found
     * by the scan}
     */
    CSVFormat format() {
        return CSVFormat.Builder.create()
                .setDelimiter(delimiter)
                .setQuote(quote)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .setTrailingData(true)
                .setLenientEof(true)
                .get();
    }

    /** {@return what a person calls the delimiter} */
    String title() {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }

    /** Cells between apostrophes begin and end with one; one that is there to keep a formula from running only begins so. */
    private static char quote(String sample) {
        var opened = SINGLE_OPENED.matcher(sample).results().count();
        var closed = SINGLE_CLOSED.matcher(sample).results().count();
        var doubled = DOUBLE_OPENED.matcher(sample).results().count();
        return opened > doubled && closed * 5 >= opened * 4 ? '\'' : '"';
    }

    /** {@return how wide the first rows are, the header before all; blank ones, and blank cells at their ends, not counted} */
    private List<Integer> widths(String sample, boolean cut) {
        var widths = new ArrayList<Integer>();
        try (var parser = CSVParser.parse(new StringReader(sample), format())) {
            for (var row : parser) {
                var width = width(row);
                if (width > 0) {
                    widths.add(width == 1 ? 1 : Math.max(width, row.size()));
                }
                if (widths.size() == RECORDS) {
                    return widths;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (cut && widths.size() > 1) {
            widths.removeLast(); // it ends where the sample does
        }
        return widths;
    }

    private static int width(CSVRecord row) {
        int width = row.size();
        while (width > 0 && row.get(width - 1).isBlank()) {
            width--;
        }
        return width;
    }
}
