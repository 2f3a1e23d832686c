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

/** The delimiter and the quotation mark of a text. */
record Dialect(char delimiter, char quote) {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int SAMPLE = 64 * 1024;
    private static final int RECORDS = 100;
    private static final Pattern SINGLE_OPENED = Pattern.compile("(?:^|[,;\\t|]) *'", Pattern.MULTILINE);
    private static final Pattern SINGLE_CLOSED = Pattern.compile("' *(?:$|[,;\\t|])", Pattern.MULTILINE);
    private static final Pattern DOUBLE_OPENED = Pattern.compile("(?:^|[,;\\t|]) *\"", Pattern.MULTILINE);

    /**
     * Tries each delimiter on the beginning of a text. The right one gives rows that are as wide as their header; of
     * several, the one with the most columns wins.
     */
    static Dialect of(String text) {
        var cut = text.length() > SAMPLE;
        var sample = cut ? text.substring(0, SAMPLE) : text;
        var quote = quote(sample);
        var best = new Dialect(DELIMITERS.getFirst(), quote);
        double bestFit = -1;
        int bestWidth = 1;
        for (var delimiter : DELIMITERS) {
            var dialect = new Dialect(delimiter, quote);
            var widths = dialect.widths(sample, cut);
            var table = table(widths);
            if (table.isEmpty()) {
                continue;
            }
            var header = table.getFirst();
            var fit = table.stream().mapToDouble(row -> row.fit(header)).sum() / table.size();
            if (fit > bestFit || (fit == bestFit && header.filled() > bestWidth)) {
                best = dialect;
                bestFit = fit;
                bestWidth = header.filled();
            }
        }
        return best;
    }

    /** {@return the dialect with the delimiter that the file names, or this one when that cannot be a delimiter} */
    Dialect told(String named) {
        return named.length() > 1 || named.charAt(0) == quote ? this : new Dialect(named.charAt(0), quote);
    }

    /**
     * Returns a format that finds the same cells as {@link CsvScan}. It never fails: the scan has refused what is
     * wrong.
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

    /** {@return the delimiter as it is shown to people} */
    String title() {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }

    /**
     * An apostrophe is the quotation mark when cells begin and end with it. One that keeps a cell from being a formula
     * only begins it.
     */
    private static char quote(String sample) {
        var opened = SINGLE_OPENED.matcher(sample).results().count();
        var closed = SINGLE_CLOSED.matcher(sample).results().count();
        var doubled = DOUBLE_OPENED.matcher(sample).results().count();
        return opened > doubled && closed * 5 >= opened * 4 ? '\'' : '"';
    }

    /**
     * How wide a row is.
     *
     * @param all number of cells
     * @param filled number of cells without the blank ones at the end
     */
    private record Width(int all, int filled) {
        static Width of(CSVRecord row) {
            int filled = row.size();
            while (filled > 0 && row.get(filled - 1).isBlank()) {
                filled--;
            }
            return new Width(row.size(), filled);
        }

        /** {@return how well the row fits the header, 0 to 1; a shorter row fits half} */
        double fit(Width header) {
            if (all == header.all || filled == header.filled) {
                return 1;
            }
            return filled > 1 && filled < header.filled ? 0.5 : 0;
        }
    }

    /**
     * Returns the rows from the header on; none when the text is no table. A row of one cell above the header is a title
     * when a program made it as wide as the table, or when the table below it has three columns and no row that does not
     * fit. Otherwise it is the header of one column, whose values may have delimiters in them.
     */
    private static List<Width> table(List<Width> rows) {
        int at = 0;
        while (at < rows.size() && rows.get(at).filled() < 2) {
            at++;
        }
        var table = rows.subList(at, rows.size());
        if (at == 0 || table.isEmpty()) {
            return table;
        }
        var header = table.getFirst();
        var isPadded = rows.subList(0, at).stream().allMatch(title -> title.all() == header.all());
        var isWide = header.filled() > 2 && table.size() > 1 && table.stream().allMatch(row -> row.fit(header) == 1);
        return isPadded || isWide ? table : List.of();
    }

    /** {@return how wide the first rows are that are not blank, beginning with the header} */
    private List<Width> widths(String sample, boolean cut) {
        var widths = new ArrayList<Width>();
        try (var parser = CSVParser.parse(new StringReader(sample), format())) {
            for (var row : parser) {
                var width = Width.of(row);
                if (width.filled() > 0) {
                    widths.add(width);
                }
                if (widths.size() == RECORDS) {
                    return widths;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (cut && widths.size() > 1) {
            widths.removeLast(); // the sample may cut it
        }
        return widths;
    }
}
