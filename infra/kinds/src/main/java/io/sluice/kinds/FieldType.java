package io.sluice.kinds;

/** What a field's value may be, and how it is written in one form. */
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
    /** A whole number. */
    INTEGER,
    /** A number. */
    DECIMAL,
    /** A day. */
    DATE,
    /** Yes or no. */
    BOOLEAN,
}
