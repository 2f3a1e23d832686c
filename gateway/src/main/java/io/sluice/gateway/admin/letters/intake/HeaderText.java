package io.sluice.gateway.admin.letters.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.gateway.admin.letters.BriefText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of a record. Other programs may write them too, so a header that is not as it should be counts as
 * missing.
 */
final class HeaderText {
    /** The longest name of a topic. */
    private static final int LONGEST_NAME = 249;

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private final ConsumerRecord<byte[], byte[]> message;

    HeaderText(ConsumerRecord<byte[], byte[]> message) {
        this.message = message;
    }

    @Nullable String text(String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** {@return the text for people: in one line, with at most so many characters} */
    String visible(String name, String otherwise, int max) {
        var text = text(name);
        return text == null || text.isBlank() ? otherwise : BriefText.of(text, max);
    }

    /** {@return the name of a topic or a group} */
    String name(String name, String otherwise) {
        return visible(name, otherwise, LONGEST_NAME);
    }

    /** {@return the number; it is not negative} */
    long number(String name, long otherwise) {
        var text = text(name);
        try {
            return text == null ? otherwise : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    int small(String name, int otherwise) {
        return (int) Math.min(Integer.MAX_VALUE, number(name, otherwise));
    }

    @Nullable Instant time(String name) {
        var text = text(name);
        try {
            var time = text == null ? null : Instant.parse(text);
            return time == null || !isStorable(time) ? null : time;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** {@return the time of the record; when that is none that Postgres stores, the beginning of 1970} */
    Instant timestamp() {
        var time = Instant.ofEpochMilli(message.timestamp());
        return isStorable(time) ? time : Instant.EPOCH;
    }

    private static boolean isStorable(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(END);
    }
}
