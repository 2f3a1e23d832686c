package io.sluice.stores.postgres;

import static io.sluice.testkit.PipelineLab.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stores.SqlRun;
import io.sluice.stores.postgres.ChannelListener.Receiver;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listening to a channel, with a real Postgres. */
class ChannelListenerIT {
    private static final String LISTENING = "<listening>";
    private static final String LOST = "<lost>";

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private ChannelListener listenTo(String url) {
        var listener = begun(url);
        await().until(listener::isCurrent);
        return listener;
    }

    private ChannelListener begun(String url) {
        var listener = new ChannelListener(PostgresConfig.of(url), "news", new Receiver() {
            @Override
            public void listening() {
                heard.add(LISTENING);
            }

            @Override
            public void notified(String payload) {
                heard.add(payload);
            }

            @Override
            public void lost() {
                heard.add(LOST);
            }
        });
        listener.begin();
        return listener;
    }

    @AfterEach
    void noConnectionIsLeft() {
        await().until(() -> listeners() == 0);
    }

    @Test
    void receivesTheNotificationsOfItsChannelInTheirOrder() {
        try (var listener = listenTo(config.url())) {
            SqlRun.on(config, "NOTIFY news, 'one'; NOTIFY others, 'no'; NOTIFY news, 'two'");
            SqlRun.on(config, "NOTIFY news, 'three'");

            await().untilAsserted(() -> assertThat(heard).containsExactly(LISTENING, "one", "two", "three"));
            assertThat(listener.isCurrent()).isTrue();
        }
    }

    @Test
    void aListenerWhoseBackendEndsSaysSoAndListensAgain() {
        try (var _ = listenTo(config.url())) {
            SqlRun.on(config, """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'sluice-listener'\
                """);

            await().untilAsserted(() -> assertThat(heard).containsExactly(LISTENING, LOST, LISTENING));
            SqlRun.on(config, "NOTIFY news, 'again'");
            await().untilAsserted(() -> assertThat(heard).endsWith("again"));
        }
    }

    @Test
    void aSilentNetworkIsNoticedWithinASecond() throws IOException {
        try (var network = FrozenLink.to(config.url());
                var listener = listenTo(network.url())) {
            network.freeze();
            await().atMost(Duration.ofSeconds(2)).until(() -> !listener.isCurrent());
            SqlRun.on(config, "NOTIFY news, 'unheard'");
            await().atMost(Duration.ofSeconds(8))
                    .untilAsserted(() -> assertThat(heard).containsExactly(LISTENING, LOST));
            network.thaw();

            await().untilAsserted(() -> assertThat(heard).endsWith(LISTENING));
            await().until(listener::isCurrent);
        }
    }

    /** The connection answers questions, so it does not look lost. */
    @Test
    void aConnectionOverWhichNoNotificationComesIsNeverCurrent() throws IOException {
        try (var network = FrozenLink.to(config.url())) {
            network.setDeaf(true);
            try (var listener = begun(network.url())) {
                await().until(() -> listeners() > 0);
                await().until(() -> listeners() == 0);

                assertThat(listener.isCurrent()).isFalse();
                assertThat(heard).isEmpty();
            }
        }
    }

    /** Another service that listens to the channel proves its connection too. */
    @Test
    void theProofOfAnotherListenerIsNoNotification() {
        try (var _ = listenTo(config.url());
                var _ = listenTo(config.url())) {
            SqlRun.on(config, "NOTIFY news, 'one'");

            await().untilAsserted(() -> assertThat(heard).containsExactly(LISTENING, LISTENING, "one", "one"));
        }
    }

    private long listeners() {
        return SqlRun.count(config, """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'sluice-listener'\
            """);
    }
}
