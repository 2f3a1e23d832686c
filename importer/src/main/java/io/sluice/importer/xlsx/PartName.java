package io.sluice.importer.xlsx;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * Names of parts in the form in which they are compared. The standard says {@code /xl/workbook.xml}, whatever its case
 * (ISO/IEC 29500-2, 6.2.2). Programs also write backslashes, escaped characters, and paths with dots.
 */
final class PartName {
    private PartName() {}

    /** {@return the name of a part, without a slash before it} */
    static String of(String name) {
        var parts = new ArrayDeque<String>();
        for (var part : decoded(name).replace('\\', '/').split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts).toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the name of the part that a relationship names}
     *
     * @param source the part that has the relationship
     */
    static String target(String source, String target) {
        var path = target.strip().replace('\\', '/');
        return of(path.startsWith("/") ? path : folder(source) + path);
    }

    /** {@return the name of the part that lists the relationships of another one} */
    static String relationships(String source) {
        var folder = folder(source);
        return folder + "_rels/" + source.substring(folder.length()) + ".rels";
    }

    private static String folder(String part) {
        return part.substring(0, part.lastIndexOf('/') + 1);
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // a percent sign that escapes nothing
        }
    }
}
