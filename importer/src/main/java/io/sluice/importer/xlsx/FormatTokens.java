package io.sluice.importer.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One section of a number format, in tokens. Words in quotation marks, escaped characters, colors and names of languages
 * are not taken for the letters of a date.
 */
final class FormatTokens {
    private static final String GENERAL = "general";
    private static final int MOST_DIGITS = 30;

    private final List<Token> tokens = new ArrayList<>();
    private final List<String> brackets = new ArrayList<>();
    private boolean isText;

    /** What a token stands for. */
    enum Kind {
        /** Years, months, days, eras. */
        DAY,
        HOUR,
        MINUTE,
        SECOND,
        /** Parts of a second, after the point. */
        FRACTION,
        /** Hours, minutes or seconds in brackets. */
        ELAPSED,
        /** A digit of a number. */
        DIGIT,
        /** Anything else that only a number has, such as a percent sign. */
        OTHER,
        LITERAL,
    }

    record Token(Kind kind, String text) {}

    private FormatTokens() {}

    /** {@return the sections of a format} */
    static List<FormatTokens> sections(String code) {
        var sections = new ArrayList<FormatTokens>();
        int at = 0;
        do {
            var section = new FormatTokens();
            at = section.read(code, at);
            sections.add(section);
        } while (at <= code.length());
        return sections;
    }

    List<Token> all() {
        return tokens;
    }

    /** {@return what brackets hold that is no elapsed time} */
    List<String> brackets() {
        return brackets;
    }

    /** {@return whether this is the section for texts} */
    boolean isText() {
        return isText;
    }

    boolean hasDay() {
        return !isNumber() && has(Kind.DAY);
    }

    boolean hasTime() {
        return !isNumber() && (isElapsed() || has(Kind.HOUR) || has(Kind.MINUTE) || has(Kind.SECOND));
    }

    boolean isElapsed() {
        return has(Kind.ELAPSED);
    }

    /** A section with digits is a number, whatever letters some program left without quotation marks. */
    private boolean isNumber() {
        return has(Kind.DIGIT);
    }

    private boolean has(Kind kind) {
        for (var token : tokens) {
            if (token.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** {@return how many digits every whole number has: those from the first 0 on; 0 when it is filled up with none} */
    int leastDigits() {
        int digits = 0;
        for (var token : tokens) {
            if (token.kind() == Kind.OTHER) {
                return 0;
            }
            digits += token.kind() == Kind.DIGIT && (digits > 0 || token.text().equals("0")) ? 1 : 0;
        }
        return digits < 2 || digits > MOST_DIGITS ? 0 : digits;
    }

    /** Reads a section, and returns where the next one begins; behind the end after the last one. */
    private int read(String code, int from) {
        int at = from;
        while (at < code.length() && code.charAt(at) != ';') {
            at = token(code, at);
        }
        minutes();
        return at + 1;
    }

    private int token(String code, int at) {
        var c = code.charAt(at);
        switch (Character.toLowerCase(c)) {
            case '"' -> {
                var end = code.indexOf('"', at + 1);
                var last = end < 0 ? code.length() : end;
                add(Kind.LITERAL, code.substring(at + 1, last));
                return last + 1;
            }
            case '\\' -> {
                add(Kind.LITERAL, code.substring(at + 1, Math.min(code.length(), at + 2)));
                return at + 2;
            }
            case '_', '*' -> {
                return at + 2; // a gap as wide as the next character, or filled with it
            }
            case '[' -> {
                return bracket(code, at);
            }
            case '@' -> isText = true;
            case '0', '#', '?' -> add(Kind.DIGIT, String.valueOf(c));
            case 'g' -> {
                if (code.regionMatches(true, at, GENERAL, 0, GENERAL.length())) {
                    add(Kind.DIGIT, "#");
                    return at + GENERAL.length();
                }
                return letters(code, at, Kind.DAY);
            }
            case 'e' -> {
                if (at + 1 < code.length() && "+-".indexOf(code.charAt(at + 1)) >= 0) {
                    add(Kind.OTHER, code.substring(at, at + 2));
                    return at + 2;
                }
                return letters(code, at, Kind.DAY);
            }
            case 'a' -> {
                return halfDay(code, at);
            }
            case 'y', 'm', 'd', 'b' -> {
                return letters(code, at, Kind.DAY);
            }
            case 'h' -> {
                return letters(code, at, Kind.HOUR);
            }
            case 's' -> {
                return letters(code, at, Kind.SECOND);
            }
            case '.', ',' -> {
                return fraction(code, at);
            }
            case '%' -> add(Kind.OTHER, "%");
            default -> add(Kind.LITERAL, String.valueOf(c));
        }
        return at + 1;
    }

    private int bracket(String code, int at) {
        var end = code.indexOf(']', at);
        if (end < 0) {
            return code.length();
        }
        var inside = code.substring(at + 1, end);
        var letters = inside.toLowerCase(Locale.ROOT);
        if (letters.matches("h+|m+|s+")) {
            add(Kind.ELAPSED, inside);
        } else {
            brackets.add(inside);
        }
        return end + 1;
    }

    /** AM/PM and A/P belong to a time, and aaa is a day of the week. */
    private int halfDay(String code, int at) {
        for (var half : List.of("am/pm", "a/p")) {
            if (code.regionMatches(true, at, half, 0, half.length())) {
                add(Kind.HOUR, "");
                return at + half.length();
            }
        }
        return letters(code, at, code.regionMatches(true, at, "aaa", 0, 3) ? Kind.DAY : Kind.LITERAL);
    }

    /** A point after seconds begins parts of a second. */
    private int fraction(String code, int at) {
        int end = at + 1;
        while (end < code.length() && code.charAt(end) == '0') {
            end++;
        }
        var last = tokens.isEmpty() ? Kind.LITERAL : tokens.getLast().kind();
        var afterSeconds = last == Kind.SECOND
                || (last == Kind.ELAPSED
                        && tokens.getLast().text().toLowerCase(Locale.ROOT).startsWith("s"));
        if (afterSeconds && end > at + 1) {
            add(Kind.FRACTION, code.substring(at + 1, end));
            return end;
        }
        add(last == Kind.DIGIT || (end > at + 1) ? Kind.OTHER : Kind.LITERAL, code.substring(at, at + 1));
        return at + 1;
    }

    private int letters(String code, int at, Kind kind) {
        int end = at + 1;
        while (end < code.length()
                && Character.toLowerCase(code.charAt(end)) == Character.toLowerCase(code.charAt(at))) {
            end++;
        }
        add(kind, code.substring(at, end));
        return end;
    }

    /** One or two m are minutes after hours and before seconds, and months elsewhere. */
    private void minutes() {
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var isM = token.kind() == Kind.DAY
                    && token.text().length() <= 2
                    && "mM".indexOf(token.text().charAt(0)) >= 0;
            if (isM && (isTime(i, -1, "h") || isTime(i, 1, "s"))) {
                tokens.set(i, new Token(Kind.MINUTE, token.text()));
            }
        }
    }

    private boolean isTime(int from, int step, String unit) {
        for (int i = from + step; i >= 0 && i < tokens.size(); i += step) {
            var token = tokens.get(i);
            switch (token.kind()) {
                case LITERAL, OTHER -> {}
                case HOUR, SECOND, ELAPSED -> {
                    return token.text().toLowerCase(Locale.ROOT).startsWith(unit);
                }
                case DAY, MINUTE, DIGIT, FRACTION -> {
                    return false;
                }
            }
        }
        return false;
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text));
    }
}
