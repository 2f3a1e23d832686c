package io.sluice.gateway.limits;

import static io.github.bucket4j.distributed.ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax;

import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.micronaut.context.annotation.Bean;
import io.sluice.stores.OnDemand;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets in the table {@code access.rate_limits}, which all gateways share. A bucket's row is locked while a token is
 * taken. The lock ends with its transaction, so a connection pooler in front of Postgres may give each transaction
 * another connection. Unlike an advisory lock, it can meet no lock of another program. Every method throws when
 * Postgres does not answer.
 */
@Singleton
@Bean(typed = PostgresBuckets.class)
final class PostgresBuckets implements Buckets {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBuckets.class);
    private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);
    private static final Duration BETWEEN_REMOVALS = Duration.ofMinutes(1);
    private static final int REMOVED_AT_ONCE = 1_000;

    private final OnDemand<PostgreSQLSelectForUpdateBasedProxyManager<String>> table;
    private final Clock clock;
    private final AtomicReference<Instant> nextRemoval;

    PostgresBuckets(@Named(Postgres.FOR_CACHE) Postgres postgres, Clock clock) {
        this.clock = clock;
        this.nextRemoval = new AtomicReference<>(clock.instant());
        this.table = new OnDemand<>(
                () -> Bucket4jPostgreSQL.selectForUpdateBasedBuilder(postgres.dataSource())
                        .primaryKeyMapper(PrimaryKeyMapper.STRING)
                        .table("access.rate_limits")
                        .idColumn("id")
                        .stateColumn("state")
                        .expiresAtColumn("expires_at")
                        .expirationAfterWrite(basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
                        .clientClock(new ClockMeter(clock))
                        .build(),
                _ -> {});
    }

    /** Opens the connections and brings the schema up to date, which the first call would wait for. */
    void connect() {
        table.get();
    }

    @Override
    public Attempt take(Counter counter) {
        var attempt = new Attempt(counter, bucket(counter).tryConsumeAndReturnRemaining(1), this);
        removeExpiredNowAndThen();
        return attempt;
    }

    @Override
    public void giveBack(Counter counter) {
        bucket(counter).addTokens(1);
    }

    private BucketProxy bucket(Counter counter) {
        return table.get().getProxy(counter.bucket(), () -> OverlappingMinutes.of(counter.limit()));
    }

    private void removeExpiredNowAndThen() {
        var due = nextRemoval.get();
        var now = clock.instant();
        if (!now.isBefore(due) && nextRemoval.compareAndSet(due, now.plus(BETWEEN_REMOVALS))) {
            Thread.ofVirtual().name("rate-limits-removal").start(this::removeExpired);
        }
    }

    private void removeExpired() {
        try {
            var removed = REMOVED_AT_ONCE;
            while (removed == REMOVED_AT_ONCE) {
                removed = table.get().removeExpired(REMOVED_AT_ONCE);
            }
        } catch (RuntimeException e) {
            LOG.atInfo().addKeyValue("reason", e.getMessage()).log("expired rate limits stay for now");
        }
    }
}
