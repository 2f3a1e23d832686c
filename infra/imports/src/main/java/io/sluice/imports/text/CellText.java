package io.sluice.imports.text;

/**
 * Cells of the files that we hand out, written so that a spreadsheet program shows them and runs none of them: a text that
 * would be taken for a formula begins with an apostrophe (OWASP, "CSV Injection"). Files come back, so what was added is
 * taken away again: {@code unguard(guard(text))} is the text, for every text.
 */
public final class CellText {
    private static final char APOSTROPHE = '\'';
    private static final String FORMULA = "=+-@\t\r";

    private CellText() {}

    /** {@return the text as it may stand in a file; one that {@link #unguard} would shorten is guarded too} */
    public static String guard(String text) {
        return startsFormula(text, leadingApostrophes(text)) ? APOSTROPHE + text : text;
    }

    /** {@return the text that was meant: without the apostrophe that keeps it from being a formula} */
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
