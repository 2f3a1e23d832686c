package io.sluice.local.logs;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.sluice.schemas.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * Writes an exception and its stack trace, with the hidden characters of its messages as escapes. In a pattern of
 * Logback it is {@code %visibleEx}, with the options of {@code %ex}.
 */
public final class VisibleException extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new Visible(thrown));
    }

    /** An exception whose messages are visible, those of its causes too. */
    private record Visible(IThrowableProxy thrown) implements IThrowableProxy {
        @Override
        public @Nullable String getMessage() {
            return visible(thrown.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return visible(thrown.getOverridingMessage());
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            var cause = thrown.getCause();
            return cause == null ? null : new Visible(cause);
        }

        @Override
        public IThrowableProxy @Nullable [] getSuppressed() {
            var all = thrown.getSuppressed();
            if (all == null) {
                return null;
            }
            var visible = new IThrowableProxy[all.length];
            for (var i = 0; i < all.length; i++) {
                visible[i] = new Visible(all[i]);
            }
            return visible;
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }

        private static @Nullable String visible(@Nullable String message) {
            return message == null ? null : VisibleText.of(message);
        }
    }
}
