-- By which rule the keys of a kind's table are derived from names. A table that is not in here has keys of rule 1, by
-- which C, C++ and C# were one key. The indexer moves its rows to rule 2 when it starts: only the kinds, which are
-- files, say which column is derived from which.
CREATE TABLE import_key_rules (
    kind  text        NOT NULL PRIMARY KEY,
    rule  integer     NOT NULL,
    since timestamptz NOT NULL DEFAULT now()
);

-- What happened to each row whose key changed, or should have. Sluice does not read it.
CREATE TABLE import_key_changes (
    kind       text        NOT NULL,
    change     text        NOT NULL CHECK (change IN ('renamed', 'split', 'kept', 'reference')),
    old_key    text        NOT NULL, -- of a reference: the text that named the row
    new_key    text        NOT NULL, -- of a kept row: the key that another row has already
    detail     text        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
