package io.sluice.stores.face;

import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Tells the keepers of galleries whose matches have changed, when the transaction commits. */
final class Announcements {
    private static final String NOTIFY =
            "SELECT pg_notify('" + PhotoLedger.CHANGED + "', user_id) FROM unnest(?::text[]) AS user_id";

    private Announcements() {}

    static void of(Connection connection, Collection<String> users) throws SQLException {
        if (!users.isEmpty()) {
            var distinct = users.stream().distinct().sorted().toArray();
            Sql.list(connection, NOTIFY, row -> row, connection.createArrayOf("text", distinct));
        }
    }
}
