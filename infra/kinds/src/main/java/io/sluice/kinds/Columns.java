package io.sluice.kinds;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the columns of a file are.
 *
 * @param header as in the file, but each name once
 * @param fields the field of each column, in the order of the header; empty for one that is kept under its own name, or
 *     left out
 * @param notes what whoever sent the file should know, such as which columns are not used
 */
public record Columns(List<String> header, List<Optional<Field>> fields, List<String> notes) {
    public Columns {
        header = List.copyOf(header);
        fields = List.copyOf(fields);
        notes = List.copyOf(notes);
    }

    /**
     * Recognises columns by their headers, ignoring case, accents, spaces, underscores and hyphens.
     *
     * @param given columns assigned by hand, header to field; they win
     * @throws UnusableHeaderException when a required field has no column, two columns are one field, or a column or field
     *     that is given does not exist; the message says what to do
     */
    public static Columns recognize(ImportKind kind, List<String> header, Map<String, String> given) {
        return new Columns(
                header,
                header.stream()
                        .map(name -> kind.field(given.getOrDefault(name, name)))
                        .toList(),
                List.of());
    }

    /** A header that rows cannot be read by. */
    public static final class UnusableHeaderException extends RuntimeException {
        public UnusableHeaderException(String message) {
            super(message);
        }
    }
}
