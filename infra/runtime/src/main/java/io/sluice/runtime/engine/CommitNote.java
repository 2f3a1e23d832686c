package io.sluice.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text in the metadata of an offset commit, as in {@code 1 done=2-4,7}: the version of the format, then the offsets
 * above the committed one whose records are done, counted from the committed one. A consumer that reads the partition
 * after a restart skips those records.
 *
 * @param done in ascending order, without overlaps
 */
record CommitNote(List<Span> done) {
    static final CommitNote EMPTY = new CommitNote(List.of());

    /** The most characters that a broker accepts, unless it is set to accept fewer. */
    private static final int MAX_LENGTH = 4_096;

    private static final String VERSION = "1";
    private static final String DONE = "done=";
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

    CommitNote {
        done = List.copyOf(done);
    }

    /** Offsets from the first to the last, with both. */
    record Span(long first, long last) {
        boolean contains(long offset) {
            return first <= offset && offset <= last;
        }
    }

    /**
     * {@return the note in a commit's metadata; the empty note when the text is not one of ours}
     *
     * @param base the committed offset
     */
    static CommitNote parse(String text, long base) {
        var words = List.of(text.split(" ", -1));
        if (!words.getFirst().equals(VERSION)) {
            return EMPTY;
        }
        var done = new ArrayList<Span>();
        for (var word : words) {
            if (word.startsWith(DONE)) {
                done.addAll(spans(word.substring(DONE.length()), base));
            }
        }
        return new CommitNote(done);
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
        if (done.isEmpty()) {
            return "";
        }
        var text = new StringBuilder(VERSION).append(' ').append(DONE);
        var separator = "";
        for (var span : done) {
            var part = separator + text(span, base);
            if (text.length() + part.length() > MAX_LENGTH) {
                break;
            }
            text.append(part);
            separator = ",";
        }
        return text.toString();
    }

    private static String text(Span span, long base) {
        var first = span.first() - base;
        return span.first() == span.last() ? Long.toString(first) : first + "-" + (span.last() - base);
    }
}
