-- How fast all instances together may call an API of another company, and how often they did today.
CREATE TABLE operations.call_limits (
    api        text        NOT NULL PRIMARY KEY,
    next_at    timestamptz NOT NULL DEFAULT now(), -- the turn of the next call
    per_second double precision,                   -- lower than configured, because the API throttled; null: as configured
    changed_at timestamptz NOT NULL DEFAULT now(), -- when per_second was set, or raised last
    taken      integer     NOT NULL DEFAULT 0,     -- turns since then
    throttled  integer     NOT NULL DEFAULT 0,     -- and those of them that the API throttled
    lowered_at timestamptz NOT NULL DEFAULT '-infinity',
    day        date        NOT NULL DEFAULT '-infinity', -- of UTC
    calls      bigint      NOT NULL DEFAULT 0            -- paid calls of that day
) WITH (fillfactor = 50);

-- How many calls of the API each instance may have in flight. A permit of an instance that was killed is free again when
-- its time is over.
CREATE TABLE operations.call_permits (
    api        text        NOT NULL,
    holder     text        NOT NULL, -- the instance
    permits    integer     NOT NULL,
    wanted     integer     NOT NULL, -- how many calls it had lately, in flight and waiting
    held_until timestamptz NOT NULL,
    PRIMARY KEY (api, holder)
) WITH (fillfactor = 50);
