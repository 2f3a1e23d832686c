-- What an erasure that has not ended has deleted, such as the ids of photos. A gateway that goes on with it after a crash
-- must know what has to be gone. The rows go when the erasure ends.
CREATE TABLE access.erased_items (
    owner uuid NOT NULL,
    kind  text NOT NULL, -- what the receipt counts: photos, selfies
    item  text NOT NULL,
    PRIMARY KEY (owner, kind, item)
);

-- How often in a row the object store did not remove the object. It is tried again soon at first, and then later.
ALTER TABLE object_removals ADD COLUMN attempts integer NOT NULL DEFAULT 0;
