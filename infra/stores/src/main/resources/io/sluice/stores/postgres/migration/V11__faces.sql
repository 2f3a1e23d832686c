-- What the provider of face recognition found in each image that was sent to it, by the SHA-256 of what was sent. The
-- result belongs to the image: photos and users take references to it. No row names a person, and none holds a vector.
CREATE TABLE face_results (
    sha256             text NOT NULL PRIMARY KEY,
    -- what was asked; the parameters name the collection
    operation          text NOT NULL,
    parameters         text NOT NULL,
    model_version      text NOT NULL,
    -- claimed: one process asks the provider; kept: the result is here; removing: the provider's faces are being removed
    state              text NOT NULL CHECK (state IN ('claimed', 'kept', 'removing')),
    -- a claim or a removal is a lease: when it is over, another process may take it over
    held_by            text,
    held_until         timestamptz,
    -- null also while it is removed, when nobody knows which faces the provider made
    result             jsonb,
    made_at            timestamptz,
    -- the last search for the faces of the image: with which threshold, and when it is due once more
    searched_threshold real,
    search_again_at    timestamptz,
    CHECK (state <> 'claimed' OR (held_by IS NOT NULL AND held_until IS NOT NULL)),
    CHECK (state <> 'kept' OR (held_by IS NULL AND held_until IS NULL AND result IS NOT NULL AND made_at IS NOT NULL))
);
CREATE INDEX face_results_unfinished ON face_results (held_until) WHERE state <> 'kept';
CREATE INDEX face_results_to_search ON face_results (search_again_at) WHERE search_again_at IS NOT NULL;

-- The provider's faces of the images whose result is kept.
CREATE TABLE indexed_faces (
    face_id text NOT NULL PRIMARY KEY,
    sha256  text NOT NULL REFERENCES face_results ON DELETE CASCADE
);
CREATE INDEX indexed_faces_of_image ON indexed_faces (sha256);

-- Who refers to an image: a photo, a user's selfie. A dropped reference keeps its holder and version, so that an older
-- record takes none; it keeps the hash only until the image's faces are removed.
CREATE TABLE face_references (
    holder  text    NOT NULL PRIMARY KEY,
    version bigint  NOT NULL,
    sha256  text,
    dropped boolean NOT NULL DEFAULT false
);
CREATE INDEX face_references_of_image ON face_references (sha256) WHERE sha256 IS NOT NULL;

-- Whose face may be searched for. An enrolment that was deleted leaves the user's id, its version and the time.
CREATE TABLE face_enrolments (
    user_id         text   NOT NULL PRIMARY KEY,
    version         bigint NOT NULL,
    face_id         text,
    sha256          text,
    model_version   text,
    selfie          jsonb,
    consented_at    timestamptz,
    enrolled_at     timestamptz,
    search_again_at timestamptz,
    deleted_at      timestamptz,
    CHECK (deleted_at IS NULL OR (face_id IS NULL AND sha256 IS NULL AND selfie IS NULL AND consented_at IS NULL)),
    CHECK (deleted_at IS NOT NULL OR version = -1 OR (face_id IS NOT NULL AND sha256 IS NOT NULL
        AND model_version IS NOT NULL AND selfie IS NOT NULL AND consented_at IS NOT NULL AND enrolled_at IS NOT NULL))
);
CREATE INDEX face_enrolments_by_face ON face_enrolments (face_id) WHERE face_id IS NOT NULL;
CREATE INDEX face_enrolments_newest ON face_enrolments (enrolled_at) WHERE face_id IS NOT NULL;
CREATE INDEX face_enrolments_to_search ON face_enrolments (search_again_at) WHERE search_again_at IS NOT NULL;

-- Which indexed face is a user's. A photo shows the user when one of its faces is among them.
CREATE TABLE face_matches (
    face_id    text        NOT NULL REFERENCES indexed_faces ON DELETE CASCADE,
    user_id    text        NOT NULL REFERENCES face_enrolments,
    similarity real        NOT NULL,
    threshold  real        NOT NULL,
    matched_at timestamptz NOT NULL,
    PRIMARY KEY (face_id, user_id)
);
CREATE INDEX face_matches_of_user ON face_matches (user_id);

-- The third stage of a photo, from photo-faces.v1; the version of the photo whose faces these are.
ALTER TABLE photos
    ADD COLUMN faces_version bigint,
    ADD COLUMN faces         integer;

CREATE TABLE photo_faces (
    photo_id   text             NOT NULL,
    face_id    text             NOT NULL,
    version    bigint           NOT NULL,
    box_left   double precision NOT NULL,
    box_top    double precision NOT NULL,
    box_width  double precision NOT NULL,
    box_height double precision NOT NULL,
    confidence double precision NOT NULL,
    PRIMARY KEY (photo_id, face_id)
);
CREATE INDEX photo_faces_by_face ON photo_faces (face_id);

-- Tasks that one of several rekognizers does now and then. They have a table of their own, because a scheduler deletes the
-- tasks that it does not know.
CREATE TABLE operations.face_tasks (LIKE operations.scheduled_tasks INCLUDING ALL);
