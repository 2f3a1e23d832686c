package io.sluice.stores.accounts;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What an erasure has deleted of one kind, such as the ids of photos, in the table {@code access.erased_items}. It is kept
 * until the erasure ends. So the process that ends the erasure knows what must be gone, and how much it was, also when
 * another process deleted it. Each call throws a {@code PostgresException} on failure.
 */
public final class ErasedItems {
    private static final String ADD = """
            INSERT INTO access.erased_items (owner, kind, item) SELECT ?, ?, item FROM unnest(?::text[]) AS item
            ON CONFLICT DO NOTHING""";

    private static final String ALL = "SELECT item FROM access.erased_items WHERE owner = ? AND kind = ? ORDER BY item";

    private final Postgres postgres;
    private final UUID owner;
    private final String kind;

    ErasedItems(Postgres postgres, UUID owner, String kind) {
        this.postgres = postgres;
        this.owner = owner;
        this.kind = kind;
    }

    /** Notes items. Call it before they are deleted, so that a crash in between loses none. */
    public void add(Collection<String> items) {
        if (!items.isEmpty()) {
            postgres.run(connection ->
                    Sql.update(connection, ADD, owner, kind, connection.createArrayOf("text", items.toArray())));
        }
    }

    /** {@return all items that were noted, in their order} */
    public List<String> all() {
        return postgres.run(connection -> Sql.list(connection, ALL, row -> row.getString("item"), owner, kind));
    }
}
