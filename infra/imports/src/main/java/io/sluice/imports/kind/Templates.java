package io.sluice.imports.kind;

import io.sluice.imports.kind.ImportKind.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes CSV files with the header of a kind, to be filled in. */
public final class Templates {
    /**
     * The beginning of a CSV file for people. Without it Excel does not read the file as UTF-8, and shows each accent
     * as two characters.
     */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private Templates() {}

    /** {@return a CSV file (RFC 4180) with the kind's header and one row of examples, to be written in UTF-8} */
    public static String csv(ImportKind kind) {
        var header = new ArrayList<>(kind.fields().stream().map(Field::name).toList());
        var row = new ArrayList<>(kind.fields().stream().map(Field::example).toList());
        if (kind.target() == Target.PRODUCTS) {
            header.add(ImportKind.METADATA + "color");
            row.add("green");
        }
        return BYTE_ORDER_MARK + line(header) + line(row);
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Templates::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        return text.chars().anyMatch(c -> ",;\"\r\n".indexOf(c) >= 0) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
