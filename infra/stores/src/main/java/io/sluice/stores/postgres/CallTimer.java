package io.sluice.stores.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels the statements of a call that takes too long. Postgres then ends the transaction, so its locks are free for
 * the next call. Setting {@code statement_timeout} would do the same, but costs each call one more message.
 */
final class CallTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallTimer.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("postgres-timer").factory());

    CallTimer() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** A call whose time runs. */
    @FunctionalInterface
    interface Running extends AutoCloseable {
        /** The call is over: nothing is canceled after this. */
        @Override
        void close();
    }

    /** Cancels what runs on the connection when the time is over, and again and again until the call ends. */
    Running start(Connection connection, Duration limit) throws SQLException {
        var call = new Call(connection.unwrap(PGConnection.class));
        // a cancellation opens a connection, so it is not for the only thread of the timer
        var ticks = timer.scheduleAtFixedRate(
                () -> Thread.startVirtualThread(call::cancel),
                limit.toMillis(),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> {
            ticks.cancel(false);
            call.end();
        };
    }

    private static final class Call {
        private final PGConnection connection;
        private boolean isOver;

        Call(PGConnection connection) {
            this.connection = connection;
        }

        synchronized void cancel() {
            if (!isOver) {
                try {
                    connection.cancelQuery();
                } catch (SQLException e) {
                    LOG.atDebug().setCause(e).log("a statement could not be canceled; its timeout will end it");
                }
            }
        }

        synchronized void end() {
            isOver = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
