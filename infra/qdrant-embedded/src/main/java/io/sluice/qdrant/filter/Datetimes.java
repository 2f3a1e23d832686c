package io.sluice.qdrant.filter;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Parses the points in time in payloads. The text is in RFC 3339, or a date without time or offset. Without an offset,
 * it is in UTC.
 */
final class Datetimes {
    private static final DateTimeFormatter SPELLINGS = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private Datetimes() {}

    static Optional<Instant> parse(String text) {
        try {
            var parsed = SPELLINGS.parse(text);
            var date = Objects.requireNonNull(parsed.query(TemporalQueries.localDate()));
            var time = Objects.requireNonNullElse(parsed.query(TemporalQueries.localTime()), LocalTime.MIDNIGHT);
            var offset = Objects.requireNonNullElse(parsed.query(TemporalQueries.offset()), ZoneOffset.UTC);
            return Optional.of(instant(date, time, offset));
        } catch (DateTimeParseException notADatetime) {
            return Optional.empty();
        }
    }

    static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static Instant instant(LocalDate date, LocalTime time, ZoneOffset offset) {
        return ZonedDateTime.of(date, time, offset).toInstant();
    }
}
