package io.sluice.stores.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallPermitTableIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Postgres postgres =
            new Postgres(PostgresConfig.of(TestStack.postgres().url()), 2);
    private final CallPermitTable permits = new CallPermitTable(postgres, "test");

    @BeforeEach
    void schema() {
        postgres.awaitReady();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void anInstanceAloneHoldsWhatItWants() {
        assertThat(permits.renew("a", 10, 0, 3, LONG)).isEqualTo(3);
        assertThat(permits.renew("a", 10, 3, 30, LONG)).isEqualTo(10);
    }

    @Test
    void anotherInstanceGetsItsShareWhenTheFirstGivesWay() {
        permits.renew("a", 10, 0, 30, LONG);

        assertThat(permits.renew("b", 10, 0, 30, LONG)).as("none is free yet").isZero();
        assertThat(permits.renew("a", 10, 8, 30, LONG))
                .as("it keeps those in use")
                .isEqualTo(8);
        assertThat(permits.renew("b", 10, 0, 30, LONG)).isEqualTo(2);
        assertThat(permits.renew("a", 10, 3, 30, LONG)).isEqualTo(5);
        assertThat(permits.renew("b", 10, 2, 30, LONG)).isEqualTo(5);
    }

    @Test
    void permitsOfAnInstanceThatWasKilledComeBack() {
        permits.renew("killed", 10, 10, 10, Duration.ofMillis(300));

        assertThat(permits.renew("b", 10, 0, 10, LONG)).isZero();
        await().atMost(Duration.ofSeconds(10)).until(() -> permits.renew("b", 10, 0, 10, LONG) == 10);
    }

    @Test
    void permitsOfAnInstanceThatStopsOrRestsAreFreeAtOnce() {
        permits.renew("stops", 10, 0, 5, LONG);
        permits.renew("rests", 10, 0, 5, LONG);
        permits.release("stops");
        permits.renew("rests", 10, 0, 0, LONG);

        assertThat(permits.renew("b", 10, 0, 10, LONG)).isEqualTo(10);
    }

    @Test
    void otherApisHavePermitsOfTheirOwn() {
        permits.renew("a", 10, 0, 10, LONG);

        assertThat(new CallPermitTable(postgres, "other").renew("b", 10, 0, 10, LONG))
                .isEqualTo(10);
    }
}
