CREATE SCHEMA IF NOT EXISTS access;

-- The buckets of the rate limits, as Bucket4j writes them. Unlogged, so that no call waits for the disk: when Postgres
-- crashes, the limits begin anew. Half of each page stays free, so that a row is updated within its page.
CREATE UNLOGGED TABLE access.rate_limits (
    id         text   NOT NULL PRIMARY KEY,
    state      bytea,
    expires_at bigint NOT NULL DEFAULT 0 -- milliseconds since 1970; then the bucket is full, and the row is removed
) WITH (fillfactor = 50);
