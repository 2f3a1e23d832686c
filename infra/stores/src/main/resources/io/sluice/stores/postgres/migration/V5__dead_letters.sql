-- What operators work with has a schema of its own, because the kinds of imports own `public`.
CREATE SCHEMA IF NOT EXISTS operations;

-- One row for each record that a consumer group gave up. The values stay in the topics.
CREATE TABLE operations.dead_letters (
    letter          bigint      NOT NULL PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    topic           text        NOT NULL, -- without the prefix of the deployment
    partition       integer     NOT NULL,
    position        bigint      NOT NULL, -- the offset of the newest record of this letter
    pipeline        text        NOT NULL,
    consumer_group  text        NOT NULL, -- without the prefix
    key             text,                 -- for people: shortened, and control characters are visible
    code            text        NOT NULL,
    message         text        NOT NULL, -- for people too
    attempts        integer     NOT NULL,
    first_failed_at timestamptz,
    failed_at       timestamptz NOT NULL, -- the timestamp of the newest record
    redrives        integer     NOT NULL, -- how often it was sent back
    orig_topic      text        NOT NULL, -- without the prefix
    orig_partition  integer     NOT NULL,
    orig_offset     bigint      NOT NULL,
    version         bigint,
    job_id          text,
    state           text        NOT NULL CHECK (state IN ('open', 'redriven', 'mended', 'discarded', 'expired')),
    UNIQUE (topic, position, partition)
);

CREATE INDEX dead_letters_open ON operations.dead_letters (pipeline, code) WHERE state = 'open';
CREATE INDEX dead_letters_by_key ON operations.dead_letters (topic, key);

-- Every record of a dead-letter topic that was seen. After a crash, and after a redrive that failed, a letter has
-- several.
CREATE TABLE operations.dead_letter_records (
    topic          text    NOT NULL,
    partition      integer NOT NULL,
    position       bigint  NOT NULL,
    letter         bigint  NOT NULL REFERENCES operations.dead_letters ON DELETE CASCADE,
    consumer_group text    NOT NULL,
    orig_topic     text    NOT NULL,
    orig_partition integer NOT NULL,
    orig_offset    bigint  NOT NULL,
    redrives       integer NOT NULL, -- as the record says
    PRIMARY KEY (topic, partition, position)
);

CREATE INDEX dead_letter_records_by_origin
    ON operations.dead_letter_records (orig_topic, orig_partition, orig_offset, consumer_group);
CREATE INDEX dead_letter_records_of ON operations.dead_letter_records (letter);

-- What happened to a letter, in the order in which it was noted.
CREATE TABLE operations.dead_letter_history (
    line   bigint      NOT NULL PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    letter bigint      NOT NULL REFERENCES operations.dead_letters ON DELETE CASCADE,
    at     timestamptz NOT NULL,
    who    text        NOT NULL, -- an account, or the pipeline
    what   text        NOT NULL,
    detail text        NOT NULL
);

CREATE INDEX dead_letter_history_of ON operations.dead_letter_history (letter, line);

-- Redrives of many letters. One gateway at a time works on one, and says so anew before the lease ends.
CREATE TABLE operations.redrives (
    redrive_id   text        NOT NULL PRIMARY KEY, -- the id of its job
    topic        text        NOT NULL,
    code         text,
    key          text,
    since        timestamptz,
    rate         integer     NOT NULL, -- records a second
    matched      bigint      NOT NULL,
    last_letter  bigint      NOT NULL, -- later letters are not part of it
    at_letter    bigint      NOT NULL DEFAULT 0, -- letters up to this one are done
    sent         bigint      NOT NULL DEFAULT 0,
    skipped      bigint      NOT NULL DEFAULT 0,
    who          text        NOT NULL,
    requested_at timestamptz NOT NULL,
    leased_by    text,
    leased_until timestamptz, -- by the clock of Postgres
    ended_at     timestamptz,
    canceled_by  text
);

CREATE INDEX redrives_unfinished ON operations.redrives (requested_at) WHERE ended_at IS NULL;
