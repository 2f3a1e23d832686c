package io.sluice.imports.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the parts of a name as a plain slug, and reads a plain slug. Symbols become words, where there is one. Reading
 * makes a symbol of such a word only where the symbol is more usual than the word: {@code c-plus-plus}, {@code c-sharp},
 * {@code r-and-d}, {@code 50-percent}. So nearly every name of letters and digits is read back as it was.
 */
final class SlugWords {
    private SlugWords() {}

    /** {@return the parts, joined by hyphens; empty when no part has a letter from a to z, a digit or a known symbol} */
    static String written(List<String> parts) {
        var slug = new StringBuilder();
        for (var part : parts) {
            var before = slug.length();
            if (before > 0) {
                slug.append('-');
            }
            append(slug, word(part));
            if (slug.length() == before + (before > 0 ? 1 : 0)) {
                slug.setLength(before);
            }
        }
        return slug.toString();
    }

    /** {@return the parts of the name that this slug is for, unless it has a hash} */
    static List<String> read(String slug) {
        var words = List.of(slug.split("-"));
        var parts = new ArrayList<String>(words.size());
        for (var i = 0; i < words.size(); i++) {
            var before = i == 0 ? "" : words.get(i - 1);
            var after = i + 1 == words.size() ? "" : words.get(i + 1);
            parts.add(
                    switch (words.get(i)) {
                        case "plus" -> isPlusSign(words, i) ? "+" : "plus";
                        case "sharp" -> isLetter(before) ? "#" : "sharp";
                        case "and" -> isLetter(before) && isLetter(after) ? "&" : "and";
                        case "percent" -> isNumber(before) ? "%" : "percent";
                        case "euro" -> isNumber(before) ? "€" : "euro";
                        case String word -> word;
                    });
        }
        return parts;
    }

    /** Plus signs follow a single letter, or there are several of them after another word. */
    private static boolean isPlusSign(List<String> words, int at) {
        var from = at;
        while (from > 0 && words.get(from - 1).equals("plus")) {
            from--;
        }
        var to = at + 1;
        while (to < words.size() && words.get(to).equals("plus")) {
            to++;
        }
        return from > 0 && (to - from > 1 || isLetter(words.get(from - 1)));
    }

    private static boolean isLetter(String word) {
        return word.length() == 1 && word.charAt(0) >= 'a';
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String word(String part) {
        return switch (part) {
            case "+" -> "plus";
            case "#" -> "sharp";
            case "&" -> "and";
            case "@" -> "at";
            case "%" -> "percent";
            case "*" -> "star";
            case "€" -> "euro";
            case "$" -> "dollar";
            case "£" -> "pound";
            default -> Normalizer.isNormalized(part, Form.NFKD) ? part : Normalizer.normalize(part, Form.NFKD);
        };
    }

    /** Appends letters from a to z and digits, with one hyphen for what is between them. */
    static void append(StringBuilder slug, String word) {
        var start = slug.length();
        for (var i = 0; i < word.length(); i++) {
            var c = word.charAt(i);
            if (Slug.isPart(c)) {
                slug.append(c);
            } else if (slug.length() > start && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        while (slug.length() > start && slug.charAt(slug.length() - 1) == '-') {
            slug.setLength(slug.length() - 1);
        }
    }
}
