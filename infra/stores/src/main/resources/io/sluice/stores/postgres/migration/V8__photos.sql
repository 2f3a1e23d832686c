-- Every photo in its newest version. A deleted one leaves its id and version, so that what is older stays away.
-- Two topics write the row, in any order: photos.v1 (what was uploaded) and prepared-photos.v1 (what was made of it).
CREATE TABLE photos (
    photo_id          text   NOT NULL PRIMARY KEY,
    version           bigint NOT NULL,
    deleted_at        timestamptz,
    -- from photos.v1
    owner             text,
    file_name         text,
    object            jsonb,
    taken_at          timestamptz,
    uploaded_at       timestamptz,
    -- from prepared-photos.v1; the version of the photo that the pictures were made of
    prepared_version  bigint,
    preview           jsonb,
    thumbnail         jsonb,
    width             integer,
    height            integer,
    prepared_taken_at timestamptz,
    -- what galleries are ordered by
    shown_at          timestamptz GENERATED ALWAYS AS (coalesce(prepared_taken_at, taken_at, uploaded_at)) STORED,
    CHECK (deleted_at IS NOT NULL
        OR (owner IS NOT NULL AND file_name IS NOT NULL AND object IS NOT NULL AND uploaded_at IS NOT NULL)),
    CHECK (deleted_at IS NULL
        OR (owner IS NULL AND file_name IS NULL AND object IS NULL AND preview IS NULL AND thumbnail IS NULL)),
    CHECK (prepared_version IS NULL
        OR (preview IS NOT NULL AND thumbnail IS NOT NULL AND width IS NOT NULL AND height IS NOT NULL))
);

CREATE INDEX photos_of_owner ON photos (owner, shown_at DESC, photo_id DESC) WHERE deleted_at IS NULL;
CREATE INDEX photos_newest ON photos (shown_at DESC, photo_id DESC) WHERE deleted_at IS NULL;

-- Objects that no photo names any more, until the object store has removed them.
CREATE TABLE object_removals (
    bucket   text        NOT NULL,
    key      text        NOT NULL,
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (bucket, key)
);
