-- Files that are imported, or were. The tables below know an import by its number, which is short.
CREATE TABLE imports (
    import_id   text        NOT NULL PRIMARY KEY,
    number      integer     NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
    request     jsonb       NOT NULL, -- as it is on imports.v1
    header      jsonb,                -- the file's own, in its order; null until the file has been looked at
    fields      jsonb,                -- which field each column became, by header
    opened_at   timestamptz NOT NULL,
    canceled_at timestamptz
);

CREATE INDEX imports_newest ON imports (opened_at DESC, number DESC);

CREATE TYPE import_outcome AS ENUM ('created', 'updated', 'unchanged', 'rejected', 'canceled');

-- What became of each row, written in the transaction that wrote the row. A row with an outcome is not written again.
CREATE TABLE import_outcomes (
    import     integer        NOT NULL,
    row_number integer        NOT NULL,
    outcome    import_outcome NOT NULL,
    cells      jsonb,         -- of a rejected row: as in the file, by header
    reasons    jsonb,         -- and what is wrong with it
    PRIMARY KEY (import, row_number)
);

-- How many outcomes each transaction added: their sum is how far an import is, and no two writers wait for one row.
CREATE TABLE import_counts (
    import         integer NOT NULL,
    rows_created   integer NOT NULL,
    rows_updated   integer NOT NULL,
    rows_unchanged integer NOT NULL,
    rows_rejected  integer NOT NULL,
    rows_canceled  integer NOT NULL
);

CREATE INDEX import_counts_of ON import_counts (import);

-- How many rows there are in files that have been read to their end.
CREATE TABLE import_ends (
    import     integer NOT NULL PRIMARY KEY,
    rows_total integer NOT NULL
);
