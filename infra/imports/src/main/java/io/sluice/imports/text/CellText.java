package io.sluice.imports.text;

/**
 * Writes cells of CSV files so that a spreadsheet program runs none of them. A text that would be taken for a formula
 * gets an apostrophe before it (OWASP, "CSV Injection"). Such files are sent back, so the apostrophe is removed again:
 * {@code unguard(guard(text))} is the text, for every text.
 */
public final class CellText {
    private static final char APOSTROPHE = '\'';
    private static final String FORMULA = "=+-@\t\r";

    private CellText() {}

    /**
     * {@return the text as it is written into a file; a text that {@link #unguard} would shorten gets an apostrophe,
     * too}
     */
    public static String guard(String text) {
        return startsFormula(text, leadingApostrophes(text)) ? APOSTROPHE + text : text;
    }

    /** {@return the text without the apostrophe that keeps it from being a formula} */
    public static String unguard(String text) {
        return text.startsWith("'") && startsFormula(text, leadingApostrophes(text)) ? text.substring(1) : text;
    }

    private static int leadingApostrophes(String text) {
        int count = 0;
        while (count < text.length() && text.charAt(count) == APOSTROPHE) {
            count++;
        }
        return count;
    }

    private static boolean startsFormula(String text, int at) {
        return at < text.length() && FORMULA.indexOf(text.charAt(at)) >= 0;
    }
}
