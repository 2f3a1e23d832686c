package io.sluice.stores.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the notifications of one Postgres channel, on a connection of its own. It asks Postgres a question four times
 * a second, because a dead connection looks like a silent one. After a failure it connects again, at intervals that grow
 * to five seconds.
 *
 * <p>A pooler that pools by transaction answers {@code LISTEN} and each question, and passes no notification on. So each
 * connection is proved first: a notification is sent over another connection, and must come over this one.
 */
public final class ChannelListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelListener.class);

    /**
     * How old the last answered question may be. Postgres sends the notifications of a commit before it answers a
     * question that was asked after the commit.
     */
    public static final Duration CURRENT = Duration.ofSeconds(1);

    private static final Duration QUESTIONS = Duration.ofMillis(250);
    /** The driver knows whole seconds only. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(5);

    /** Begins what a listener sends to itself. */
    private static final String PROOF = "proof of a listener ";
    /** How long a notification takes at most. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);
    /** Until a connection over which no notification came is tried again. */
    private static final Duration DEAF_PAUSE = Duration.ofMinutes(1);

    private final PostgresConfig config;
    private final String channel;
    private final Receiver receiver;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean listens;
    private volatile long askedAt;
    private boolean isAway;
    private boolean isDeaf;

    /** @param channel a name that needs no quotes in SQL */
    public ChannelListener(PostgresConfig config, String channel, Receiver receiver) {
        this.config = config;
        this.channel = channel;
        this.receiver = receiver;
        // a platform thread: virtual threads would wait for those that decode or compress
        this.thread = Thread.ofPlatform().daemon().name("listen-" + channel).unstarted(this::run);
    }

    /** Hears what happens on the channel. One thread calls it. */
    public interface Receiver {
        /** Notifications come from now on. Whatever was announced before this moment may have been missed. */
        void listening();

        /** A notification. */
        void notified(String payload);

        /** The connection is lost, so notifications are missed until {@link #listening}. */
        void lost();
    }

    /** Begins to listen, without waiting for Postgres. */
    public void begin() {
        thread.start();
    }

    /**
     * Returns whether the receiver has every notification that was sent more than {@link #CURRENT} ago, except those
     * before it began to listen.
     */
    public boolean isCurrent() {
        return listens && System.nanoTime() - askedAt < CURRENT.toNanos();
    }

    /** How an attempt to listen ended. */
    private enum End {
        /** There was no connection. */
        AWAY,
        /** There was a connection, and no notification came over it. */
        DEAF,
        /** There was a connection that notifications came over. */
        LOST
    }

    private void run() {
        var pause = FIRST_PAUSE;
        try {
            do {
                pause = switch (listen()) {
                    case AWAY -> longer(pause);
                    case DEAF -> DEAF_PAUSE;
                    case LOST -> FIRST_PAUSE;
                };
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Listens until the connection is lost or this is closed. */
    private End listen() {
        var end = End.AWAY;
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("LISTEN " + channel);
            if (!isProved(connection.unwrap(PGConnection.class))) {
                warnOfDeafness();
                return End.DEAF;
            }
            end = End.LOST;
            receive(connection.unwrap(PGConnection.class), statement);
        } catch (SQLException | RuntimeException e) {
            warn(e);
        }
        if (listens) {
            listens = false;
            receiver.lost();
        }
        return end;
    }

    /** Asks the connection no question meanwhile, because a pooler may pass on what has come with the answer. */
    private boolean isProved(PGConnection connection) throws SQLException {
        var proof = PROOF + UUID.randomUUID();
        try (var other = connect()) {
            Sql.list(other, "SELECT pg_notify(?, ?)", row -> proof, channel, proof);
        }
        var end = System.nanoTime() + ON_ITS_WAY.toNanos();
        while (System.nanoTime() < end && closed.getCount() > 0) {
            for (var notification : connection.getNotifications(Math.toIntExact(QUESTIONS.toMillis()))) {
                if (notification.getParameter().equals(proof)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void receive(PGConnection connection, Statement statement) throws SQLException {
        receiver.listening();
        ask(connection, statement);
        if (isAway || isDeaf) {
            isAway = false;
            isDeaf = false;
            LOG.atInfo().addKeyValue("channel", channel).log("listens to Postgres again");
        }
        while (closed.getCount() > 0) {
            deliver(connection, Math.toIntExact(QUESTIONS.toMillis()));
            if (System.nanoTime() - askedAt >= QUESTIONS.toNanos()) {
                ask(connection, statement);
            }
        }
    }

    private void ask(PGConnection connection, Statement statement) throws SQLException {
        var begin = System.nanoTime();
        statement.execute("SELECT 1");
        deliver(connection, -1);
        askedAt = begin;
        listens = true;
    }

    /** @param wait milliseconds; negative to take only what has arrived */
    private void deliver(PGConnection connection, int wait) throws SQLException {
        for (var notification : connection.getNotifications(wait)) {
            if (!notification.getParameter().startsWith(PROOF)) {
                receiver.notified(notification.getParameter());
            }
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", config.userName());
        properties.setProperty("password", config.passwordOrEmpty());
        var connect = String.valueOf(Math.max(1, config.connectTimeout().toSeconds()));
        properties.setProperty("connectTimeout", connect);
        properties.setProperty("loginTimeout", connect);
        properties.setProperty("socketTimeout", String.valueOf(ANSWER.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "sluice-listener");
        return DriverManager.getConnection(config.address().jdbc(), properties);
    }

    private void warn(Exception e) {
        if (!isAway && closed.getCount() > 0) {
            isAway = true;
            LOG.atWarn()
                    .addKeyValue("channel", channel)
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("does not listen to Postgres, connects again");
        }
    }

    private void warnOfDeafness() {
        if (!isDeaf && closed.getCount() > 0) {
            isDeaf = true;
            LOG.atWarn()
                    .addKeyValue("channel", channel)
                    .addKeyValue("url", config.address().jdbc())
                    .log("no notification of Postgres comes through, as behind a pooler in transaction mode; what"
                            + " depends on notifications is not kept in memory");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            var _ = thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
