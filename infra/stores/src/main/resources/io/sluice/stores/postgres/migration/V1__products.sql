-- Every product in its newest version. A deleted one leaves its id and version, so that what is older stays away.
CREATE TABLE products (
    id          text        NOT NULL PRIMARY KEY,
    version     bigint      NOT NULL,
    deleted_at  timestamptz,
    name        text,
    description text,
    metadata    jsonb,
    image       jsonb,
    updated_at  timestamptz NOT NULL,
    CHECK (deleted_at IS NOT NULL OR (name IS NOT NULL AND description IS NOT NULL AND metadata IS NOT NULL))
);

-- Which version of a product each index shows. Where it differs from the product's own, the index is behind.
CREATE TABLE product_indexed (
    index_name      text   NOT NULL,
    product_id      text   NOT NULL,
    indexed_version bigint NOT NULL,
    PRIMARY KEY (index_name, product_id)
);

-- Vectors already computed, by what they were computed from. May be emptied at any time.
CREATE TABLE embeddings (
    model       text  NOT NULL,
    vector_name text  NOT NULL,
    sha256      text  NOT NULL,
    embedding   bytea NOT NULL, -- little-endian 32-bit floats
    PRIMARY KEY (model, vector_name, sha256)
);
