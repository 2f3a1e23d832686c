package io.sluice.runtime.engine;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text in the metadata of an offset commit, as in {@code 1 run=6f0c21aa left=2 until=7 alone=4 ends=4:1 done=2-3}:
 * the version of the format, then fields in any order. Offsets are counted from the committed one. A reader ignores
 * fields that it does not know.
 *
 * @param running {@code run}: the process that handles the partition; null after a clean end
 * @param inFlight {@code left} and {@code until}: the records that are, or may be, in flight
 * @param alone {@code alone}: the offset of the only record in flight in the whole process; null when there may be more
 * @param ends {@code ends}: by offset, in how many unclean ends a record was in flight alone; 0 when it has shown
 *     progress, and so is not to blame
 * @param done {@code done}: the offsets above the committed one that are done, in ascending order, without overlaps
 */
record CommitNote(
        @Nullable String running,
        InFlight inFlight,
        @Nullable Long alone,
        Map<Long, Integer> ends,
        List<Span> done) {
    static final CommitNote EMPTY = done(List.of());

    /** The most characters that a broker accepts, unless it is set to accept fewer. */
    private static final int MAX_LENGTH = 4_096;

    private static final String VERSION = "1";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");
    private static final Pattern END = Pattern.compile("([0-9]{1,18}):([0-9]{1,4})");

    CommitNote {
        ends = Map.copyOf(ends);
        done = List.copyOf(done);
    }

    /** Offsets from the first to the last, with both. */
    record Span(long first, long last) {
        boolean contains(long offset) {
            return first <= offset && offset <= last;
        }
    }

    /** The first {@code count} records that are not done, as far as their offsets are below {@code until}. */
    record InFlight(long count, long until) {
        static final InFlight NONE = new InFlight(0, 0);

        static InFlight atMost(long count) {
            return count == 0 ? NONE : new InFlight(count, Long.MAX_VALUE);
        }

        InFlight and(InFlight other) {
            return new InFlight(Math.max(count, other.count), Math.max(until, other.until));
        }

        boolean covers(InFlight other) {
            return count >= other.count && until >= other.until;
        }
    }

    static CommitNote done(List<Span> done) {
        return new CommitNote(null, InFlight.NONE, null, Map.of(), done);
    }

    /**
     * {@return the note in a commit's metadata; the empty note when the text is not one of ours}
     *
     * @param base the committed offset
     */
    static CommitNote parse(String text, long base) {
        var fields = new HashMap<String, String>();
        var words = text.split(" ", -1);
        for (var word : words[0].equals(VERSION) ? words : new String[0]) {
            var sign = word.indexOf('=');
            if (sign > 0) {
                fields.put(word.substring(0, sign), word.substring(sign + 1));
            }
        }
        var count = number(fields, "left", 0);
        var until = number(fields, "until", -1);
        var alone = number(fields, "alone", -1);
        return new CommitNote(
                fields.get("run"),
                count == 0 ? InFlight.NONE : new InFlight(count, until < 0 ? Long.MAX_VALUE : base + until),
                alone < 0 ? null : (Long) (base + alone),
                ends(fields.getOrDefault("ends", ""), base),
                spans(fields.getOrDefault("done", ""), base));
    }

    private static long number(Map<String, String> fields, String name, long otherwise) {
        var text = fields.getOrDefault(name, "");
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : otherwise;
    }

    private static Map<Long, Integer> ends(String text, long base) {
        var ends = new HashMap<Long, Integer>();
        for (var part : text.split(",", -1)) {
            var matcher = END.matcher(part);
            if (matcher.matches()) {
                ends.put(base + Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            }
        }
        return ends;
    }

    private static List<Span> spans(String text, long base) {
        var spans = new ArrayList<Span>();
        for (var part : text.split(",", -1)) {
            var matcher = SPAN.matcher(part);
            if (matcher.matches()) {
                var first = Long.parseLong(matcher.group(1));
                var last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
                spans.add(new Span(base + first, base + last));
            }
        }
        return spans;
    }

    /**
     * {@return the text; empty for an empty note. Done offsets that do not fit are left out, so their records come
     * again}
     *
     * @param base the committed offset
     */
    String text(long base) {
        if (equals(EMPTY)) {
            return "";
        }
        var text = new StringBuilder(VERSION);
        if (running != null) {
            text.append(" run=").append(running);
        }
        if (inFlight.count() > 0) {
            text.append(" left=").append(inFlight.count());
            if (inFlight.until() < Long.MAX_VALUE) {
                text.append(" until=").append(inFlight.until() - base);
            }
        }
        if (alone != null) {
            text.append(" alone=").append(alone - base);
        }
        if (!ends.isEmpty()) {
            text.append(" ends=")
                    .append(new TreeMap<>(ends)
                            .entrySet().stream()
                                    .map(end -> (end.getKey() - base) + ":" + end.getValue())
                                    .collect(joining(",")));
        }
        appendDone(text, base);
        return text.toString();
    }

    private void appendDone(StringBuilder text, long base) {
        var separator = " done=";
        for (var span : done) {
            var part = separator + text(span, base);
            if (text.length() + part.length() > MAX_LENGTH) {
                break;
            }
            text.append(part);
            separator = ",";
        }
    }

    private static String text(Span span, long base) {
        var first = span.first() - base;
        return span.first() == span.last() ? Long.toString(first) : first + "-" + (span.last() - base);
    }
}
