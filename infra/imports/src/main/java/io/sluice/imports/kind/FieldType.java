package io.sluice.imports.kind;

import java.util.Locale;

/** What the value of a field may be. Each type has one form in which its values are written. */
public enum FieldType {
    /** Any text, without white space around it. */
    TEXT,
    /** A French establishment: 14 digits that pass Luhn's check; those of La Poste add up to a multiple of five. */
    SIRET,
    /** A French company: 9 digits. */
    SIREN,
    /** A French postcode: 5 digits. */
    POSTCODE,
    /** A telephone number. */
    PHONE,
    /** An e-mail address. */
    EMAIL,
    /** An address on the web. */
    URL,
    /** A French activity code, such as 62.01Z. */
    NAF,
    /** Lower-case letters and digits, joined by hyphens. */
    SLUG,
    /** A whole number, written as {@code -1234}. */
    INTEGER,
    /** A number, written as {@code -1234.5}. */
    DECIMAL,
    /** A date, written as {@code 2026-12-31}. */
    DATE,
    /** Yes or no, written as {@code true} or {@code false}. */
    BOOLEAN;

    /** {@return whether leading zeros belong to a value, which a spreadsheet program would drop} */
    boolean mayBePadded() {
        return switch (this) {
            case TEXT, SIRET, SIREN, POSTCODE, PHONE -> true;
            case EMAIL, URL, NAF, SLUG, INTEGER, DECIMAL, DATE, BOOLEAN -> false;
        };
    }

    /** {@return whether it can be a key: its column holds the text in the form in which it is written here} */
    boolean mayBeKey() {
        return switch (this) {
            case TEXT, SIRET, SIREN, POSTCODE, PHONE, EMAIL, URL, NAF, SLUG -> true;
            case INTEGER, DECIMAL, DATE, BOOLEAN -> false;
        };
    }

    /** {@return the word for it in the file of a kind} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
