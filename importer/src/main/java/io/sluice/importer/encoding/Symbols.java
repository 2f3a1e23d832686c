package io.sluice.importer.encoding;

/** How probable signs outside ASCII are, by what is beside them, on the scale of {@link Letters}. */
final class Symbols {
    private static final double USUAL = -6.5;
    private static final double POSSIBLE = -9;
    private static final double ODD = -12;
    private static final double WRONG = -15;
    /** No character of texts at all. */
    static final double NO_TEXT = -20;

    private Symbols() {}

    /** {@return the log-probability of a sign between its neighbors} */
    static double score(char c, Neighbor before, Neighbor behind) {
        var inWord = before.isLetter() && behind.isLetter();
        return switch (c) {
            case '’' -> inWord ? apostrophe(before, behind) : before.isLetter() || behind.isLetter() ? POSSIBLE : ODD;
            case '‘' -> inWord ? ODD : behind.isLetter() ? POSSIBLE : ODD;
            case '«', '“', '„' -> before.isLetter() || before.isDigit() ? WRONG : isEnd(behind) ? ODD : POSSIBLE;
            case '»', '”' -> behind.isLetter() || behind.isDigit() ? WRONG : isEnd(before) ? ODD : POSSIBLE;
            case '–', '—' -> inWord ? ODD : before.isLetter() != behind.isLetter() ? ODD : USUAL;
            case '…' -> before.isLetter() && !behind.isLetter() ? POSSIBLE : inWord ? WRONG : ODD;
            case '€' -> inWord ? WRONG : behind.isLetter() ? ODD : before.isLetter() ? POSSIBLE : USUAL;
            case '£', '¥' -> before.isLetter() || behind.isLetter() ? WRONG : POSSIBLE;
            case '°', 'º' -> degree(before, behind);
            case 'ª' -> before.isDigit() && !behind.isLetter() ? POSSIBLE : inWord ? WRONG : ODD;
            case '\u00A0', '\u202F' -> space(before, behind);
            case '®', '™' -> behind.isLetter() ? WRONG : before.isLetter() ? POSSIBLE : ODD;
            case '©' -> before.isLetter() || behind.isLetter() ? WRONG : POSSIBLE;
            case '²', '³' -> behind.isLetter() ? WRONG : before.c() == 'm' ? USUAL : before.isDigit() ? POSSIBLE : ODD;
            case '½', '¼', '¾' -> before.isLetter() || behind.isLetter() ? WRONG : POSSIBLE;
            case '№' -> before.isLetter() || behind.isLetter() ? ODD : USUAL;
            case '·' -> before.c() == 'l' && behind.c() == 'l' ? USUAL : inWord ? WRONG : POSSIBLE;
            case '¿', '¡' -> behind.isLetter() && !before.isLetter() && !before.isDigit() ? POSSIBLE : WRONG;
            case '•', '×', '±', '§' -> before.isLetter() || behind.isLetter() ? WRONG : POSSIBLE;
            case '\u00AD' -> inWord ? ODD : WRONG;
            case '\uFFFD' -> NO_TEXT;
            default -> Character.isISOControl(c) ? NO_TEXT : inWord ? WRONG - 2 : WRONG;
        };
    }

    /** In French, Italian, English and Dutch, few letters are left alone by an apostrophe. */
    private static double apostrophe(Neighbor before, Neighbor behind) {
        return "dlnsjmtcoDLNSJMTCO".indexOf(before.c()) >= 0 || "sStT".indexOf(behind.c()) >= 0 ? USUAL : ODD;
    }

    private static double degree(Neighbor before, Neighbor behind) {
        if (before.isDigit()) {
            return behind.isLetter() && behind.c() != 'C' ? ODD : USUAL;
        }
        var isNumber = before.c() == 'n' || before.c() == 'N' || before.c() == ' ';
        return isNumber && !behind.isLetter() ? USUAL : before.isLetter() && !behind.isLetter() ? ODD : WRONG;
    }

    private static double space(Neighbor before, Neighbor behind) {
        if ((before.isDigit() && behind.isDigit()) || ":;!?%€»".indexOf(behind.c()) >= 0 || before.c() == '«') {
            return USUAL;
        }
        return before.isLetter() && behind.isLower() ? ODD : POSSIBLE;
    }

    private static boolean isEnd(Neighbor neighbor) {
        return "\n\r;,\t|".indexOf(neighbor.c()) >= 0;
    }
}
