package io.sluice.runtime.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the text of an {@code .env} file: lines {@code NAME=value} or {@code export NAME=value}, blank lines, and
 * comments, which begin with {@code #}.
 *
 * <p>A value without quotes ends before a {@code #} that follows a space, or with its line. Between single quotes, every
 * character stands for itself. Between double quotes, {@code \n}, {@code \r}, {@code \t}, {@code \"}, {@code \\} and
 * {@code \$} are escapes. A value in quotes may have several lines. When a name comes twice, its last value counts.
 * Nothing is expanded. Some programs replace <code>${NAME}</code> in such a file and some do not, so it is refused outside
 * single quotes.
 */
final class EnvironmentFile {
    private static final Pattern NOTHING = Pattern.compile("[ \\t]*(?:#.*)?");
    private static final Pattern NAME = Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \\t]*=");
    private static final Pattern COMMENT = Pattern.compile("[ \\t]#.*");
    private static final String EXPANSION = "${";
    private static final String ESCAPED = "nrt\"\\$";

    private final String file;
    private final String text;
    private final Map<String, String> variables = new TreeMap<>();
    private int at;

    private EnvironmentFile(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads the variables.
     *
     * @param file the file's name, for messages
     * @throws EnvironmentFileException when a line is not valid; the message names the file and the line. It shows
     *     nothing of the line, which may have a secret in it
     */
    static Map<String, String> parse(String file, String text) {
        var withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new EnvironmentFile(file, withoutMark.replace("\r\n", "\n")).variables();
    }

    private Map<String, String> variables() {
        for (; at < text.length(); at++) {
            if (!NOTHING.matcher(restOfLine()).matches()) {
                variable();
            }
            at = lineEnd();
        }
        return variables;
    }

    private void variable() {
        var start = NAME.matcher(restOfLine());
        if (!start.lookingAt()) {
            throw wrong("is not NAME=value, with a name of letters, digits and _");
        }
        at += start.end();
        variables.put(start.group(1), value());
    }

    private String value() {
        var rest = restOfLine();
        var value = rest.strip();
        if (!value.startsWith("'") && !value.startsWith("\"")) {
            var plain = COMMENT.matcher(rest).replaceFirst("").strip();
            if (plain.contains(EXPANSION)) {
                throw expansion();
            }
            return plain;
        }
        at += rest.indexOf(value.charAt(0)) + 1;
        var quoted = value.startsWith("'") ? singleQuoted() : doubleQuoted();
        if (!NOTHING.matcher(restOfLine()).matches()) {
            throw wrong("has text after the closing quote");
        }
        return quoted;
    }

    private String singleQuoted() {
        var end = text.indexOf('\'', at);
        if (end < 0) {
            throw wrong("has no closing quote");
        }
        var value = text.substring(at, end);
        at = end + 1;
        return value;
    }

    private String doubleQuoted() {
        var value = new StringBuilder();
        for (var i = at; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return value.toString();
            }
            if (text.startsWith(EXPANSION, i)) {
                throw expansion();
            }
            if (c == '\\' && i + 1 < text.length() && ESCAPED.indexOf(text.charAt(i + 1)) >= 0) {
                i++;
                c = unescaped(text.charAt(i));
            }
            value.append(c);
        }
        throw wrong("has no closing quote");
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private EnvironmentFileException expansion() {
        return wrong("has ${...}, which is not replaced here: write the value itself, or put it in single quotes");
    }

    private String restOfLine() {
        return text.substring(at, lineEnd());
    }

    private int lineEnd() {
        var end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private EnvironmentFileException wrong(String what) {
        var line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new EnvironmentFileException("Line %d of %s %s".formatted(line, file, what));
    }
}
