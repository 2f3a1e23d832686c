-- Accounts have a schema of their own, because the kinds of imports own `public`: a shop may have a kind named `users`.
CREATE SCHEMA access;

CREATE TABLE access.users (
    id               uuid        NOT NULL PRIMARY KEY, -- owns what the user stores; no other user ever gets it
    username         text        NOT NULL UNIQUE,      -- in lower case
    password_hash    text        NOT NULL,             -- Argon2id, with its parameters and salt
    role             text        NOT NULL CHECK (role IN ('admin', 'producer', 'user')),
    disabled         boolean     NOT NULL DEFAULT false,
    token_generation integer     NOT NULL DEFAULT 0,   -- a token of another generation is not valid
    created_at       timestamptz NOT NULL
);

-- Each token is used once, for the next one of its family. A used one stays, so that its second use is noticed.
CREATE TABLE access.refresh_tokens (
    hash       bytea       NOT NULL PRIMARY KEY, -- SHA-256
    user_id    uuid        NOT NULL REFERENCES access.users ON DELETE CASCADE,
    family     uuid        NOT NULL,             -- one login and everything refreshed from it
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE INDEX refresh_tokens_of_user ON access.refresh_tokens (user_id);
CREATE INDEX refresh_tokens_of_family ON access.refresh_tokens (family);
CREATE INDEX refresh_tokens_expired ON access.refresh_tokens (expires_at);

CREATE TABLE access.api_keys (
    id           uuid        NOT NULL PRIMARY KEY, -- owns what the machine stores
    name         text        NOT NULL,
    role         text        NOT NULL CHECK (role IN ('admin', 'producer', 'user')),
    hash         bytea       NOT NULL UNIQUE,      -- SHA-256
    created_by   uuid        REFERENCES access.users ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz                       -- to the minute
);

CREATE INDEX api_keys_of_user ON access.api_keys (created_by);

-- Deletions of users. The row of the user is gone already; the events of the job may be still to come.
CREATE TABLE access.erasures (
    job_id       text        NOT NULL PRIMARY KEY,
    owner        uuid        NOT NULL,
    requested_at timestamptz NOT NULL,
    ended_at     timestamptz
);

CREATE INDEX erasures_unfinished ON access.erasures (requested_at) WHERE ended_at IS NULL;

-- Ids of users that were deleted: what belongs to one must never come back.
CREATE TABLE access.erased_owners (
    id        uuid        NOT NULL PRIMARY KEY,
    erased_at timestamptz NOT NULL
);
