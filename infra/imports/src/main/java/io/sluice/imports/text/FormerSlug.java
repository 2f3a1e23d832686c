package io.sluice.imports.text;

/**
 * Slugs as they were made until version 7 of the tables: everything except letters from a to z and digits was one
 * hyphen, so {@code C++} and {@code C#} had {@code c}. Rows that have such a slug are found with it.
 */
public final class FormerSlug {
    private FormerSlug() {}

    /** {@return the former slug of a name; empty when there was none} */
    public static String of(String name) {
        var slug = new StringBuilder(name.length());
        SlugWords.append(slug, Folding.fold(name));
        return slug.toString();
    }
}
