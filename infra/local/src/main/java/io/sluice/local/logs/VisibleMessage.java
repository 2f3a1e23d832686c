package io.sluice.local.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import io.sluice.schemas.text.VisibleText;

/**
 * Writes a part of a log line in one line, with hidden characters as escapes: keys and errors come from records, and a
 * record may have anything in it. In a pattern of Logback it is {@code %visible(%msg %kvp)}.
 */
public final class VisibleMessage extends CompositeConverter<ILoggingEvent> {
    @Override
    protected String transform(ILoggingEvent event, String message) {
        return VisibleText.of(message);
    }
}
