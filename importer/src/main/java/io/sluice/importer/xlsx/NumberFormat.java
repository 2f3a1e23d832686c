package io.sluice.importer.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number format of a workbook, such as {@code dd/mm/yyyy;@} (ECMA-376, part 1, 18.8.31), as far as it says what a
 * number is. A format has up to four sections, which hold for positive numbers, negative ones, zero and texts, or for
 * what their conditions say.
 */
final class NumberFormat {
    /** Every number that has no other format. */
    static final NumberFormat GENERAL = new NumberFormat(List.of(new Section(null, new Look.Plain(0))));

    /** What some programs write for {@code General}: its name in the language of their user. */
    private static final Set<String> STANDARD =
            Set.of("standard", "standaard", "standardowy", "estándar", "geral", "padrão");

    private static final Pattern CONDITION = Pattern.compile("(<=|>=|<>|<|>|=)\\s*(-?[0-9.]+)");

    private static final NumberFormat DAY = of("yyyy-mm-dd");
    private static final NumberFormat TIME = of("h:mm:ss");
    private static final NumberFormat HOURS = of("[h]:mm:ss");

    private final List<Section> sections;
    private final boolean isConditional;

    /** What a number is. */
    sealed interface Look {
        /**
         * A number.
         *
         * @param digits to how many it is filled up with zeros
         */
        record Plain(int digits) implements Look {}

        /**
         * A day, a time, or both.
         *
         * @param hasDay false when only the time is shown
         */
        record Moment(boolean hasDay) implements Look {}

        /** Hours, minutes or seconds that do not begin anew after a day, hour or minute. */
        record Elapsed(Duration shown) implements Look {}
    }

    private record Section(@Nullable Condition condition, Look look) {}

    private record Condition(String sign, double than) {
        boolean holds(double value) {
            return switch (sign) {
                case "<" -> value < than;
                case "<=" -> value <= than;
                case ">" -> value > than;
                case ">=" -> value >= than;
                case "=" -> value == than;
                default -> value != than;
            };
        }
    }

    private NumberFormat(List<Section> sections) {
        this.sections = sections;
        this.isConditional = sections.stream().anyMatch(section -> section.condition() != null);
    }

    /** {@return the format of this code} */
    static NumberFormat of(String code) {
        if (STANDARD.contains(code.strip().toLowerCase(Locale.ROOT))) {
            return GENERAL;
        }
        var sections = new ArrayList<Section>();
        for (var tokens : FormatTokens.sections(code)) {
            if (!tokens.isText()) {
                sections.add(new Section(condition(tokens), look(tokens)));
            }
        }
        return sections.isEmpty() ? GENERAL : new NumberFormat(List.copyOf(sections));
    }

    private static @Nullable Condition condition(FormatTokens tokens) {
        for (var bracket : tokens.brackets()) {
            var found = CONDITION.matcher(bracket);
            if (found.matches()) {
                try {
                    return new Condition(found.group(1), Double.parseDouble(found.group(2)));
                } catch (NumberFormatException e) {
                    return null; // two decimal points: Excel writes no such condition
                }
            }
        }
        return null;
    }

    private static Look look(FormatTokens tokens) {
        if (!tokens.hasDay() && !tokens.hasTime()) {
            return new Look.Plain(tokens.leastDigits());
        }
        return tokens.isElapsed() && !tokens.hasDay()
                ? new Look.Elapsed(new Duration(tokens.all()))
                : new Look.Moment(tokens.hasDay());
    }

    /** {@return whether every number of this format is a plain number, without zeros before it} */
    boolean isPlain() {
        return this == GENERAL
                || (sections.size() == 1 && sections.getFirst().look() instanceof Look.Plain(var d) && d == 0);
    }

    /** {@return what this number is} */
    Look look(double value) {
        if (isConditional) {
            for (var section : sections) {
                if (section.condition() == null || section.condition().holds(value)) {
                    return section.look();
                }
            }
            return sections.getLast().look();
        }
        if (value < 0 && sections.size() > 1) {
            return sections.get(1).look();
        }
        return sections.get(value == 0 && sections.size() > 2 ? 2 : 0).look();
    }

    /** {@return the format that workbooks name by number only; those of Asia differ by language} */
    static NumberFormat builtIn(int id) {
        return switch (id) {
            case 14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 71, 72, 73, 74, 77, 81 -> DAY;
            case 50, 51, 52, 53, 54, 55, 56, 57, 58 -> DAY;
            case 18, 19, 20, 21, 32, 33, 45, 47, 75, 76, 78, 80 -> TIME;
            case 46, 79 -> HOURS;
            default -> GENERAL;
        };
    }

    /** Shows a duration as its format says. */
    record Duration(List<FormatTokens.Token> tokens) {
        private static final int SECONDS_OF_DAY = 86_400;
        private static final int MOST_PLACES = 3;

        Duration {
            tokens = List.copyOf(tokens);
        }

        /**
         * {@return the duration, such as {@code 25:30}}
         *
         * @param days of less than 10<sup>9</sup>
         */
        String shown(double days) {
            var places = tokens.stream()
                    .filter(token -> token.kind() == FormatTokens.Kind.FRACTION)
                    .mapToInt(token -> Math.min(MOST_PLACES, token.text().length()))
                    .sum();
            var scale = (long) Math.pow(10, Math.min(MOST_PLACES, places));
            var parts = Math.round(Math.abs(days) * SECONDS_OF_DAY * scale);
            var seconds = parts / scale;
            var text = new StringBuilder(
                    days < 0 && parts > 0 && !tokens.getFirst().text().equals("-") ? "-" : "");
            for (var token : tokens) {
                var width = token.text().length();
                switch (token.kind()) {
                    case ELAPSED -> text.append(padded(elapsed(token.text(), seconds), width));
                    case HOUR -> text.append(width == 0 ? "" : padded(seconds / 3_600 % 24, width));
                    case MINUTE -> text.append(padded(seconds / 60 % 60, width));
                    case SECOND -> text.append(padded(seconds % 60, width));
                    case FRACTION ->
                        text.append('.')
                                .append(padded(parts % scale, MOST_PLACES)
                                        .substring(MOST_PLACES - Math.min(MOST_PLACES, width)));
                    case LITERAL -> text.append(token.text());
                    case DAY, DIGIT, OTHER -> {}
                }
            }
            return text.toString().strip();
        }

        private static long elapsed(String unit, long seconds) {
            return switch (unit.toLowerCase(Locale.ROOT).charAt(0)) {
                case 'h' -> seconds / 3_600;
                case 'm' -> seconds / 60;
                default -> seconds;
            };
        }

        private static String padded(long number, int width) {
            var digits = Long.toString(number);
            return "0".repeat(Math.max(0, width - digits.length())) + digits;
        }
    }
}
