package io.sluice.stores.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parameters that are one column of many rows each, for {@code unnest}. */
record Arrays<R>(PreparedStatement statement, List<R> rows) {
    void texts(int at, Function<R, @Nullable String> column) throws SQLException {
        var values = rows.stream().map(column).toArray(String[]::new);
        statement.setArray(at, statement.getConnection().createArrayOf("text", values));
    }

    void integers(int at, Function<R, @Nullable Integer> column) throws SQLException {
        var values = rows.stream().map(column).toArray(Integer[]::new);
        statement.setArray(at, statement.getConnection().createArrayOf("int4", values));
    }
}
