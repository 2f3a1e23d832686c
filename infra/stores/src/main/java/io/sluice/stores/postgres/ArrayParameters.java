package io.sluice.stores.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parameters that are one column of many rows each, for {@code unnest}. */
public record ArrayParameters<R>(PreparedStatement statement, List<R> rows) {
    /** Sets a parameter to a column of texts. */
    public void texts(int at, Function<R, @Nullable String> column) throws SQLException {
        var values = rows.stream().map(column).toArray(String[]::new);
        statement.setArray(at, statement.getConnection().createArrayOf("text", values));
    }

    /** Sets a parameter to a column of integers. */
    public void integers(int at, Function<R, @Nullable Integer> column) throws SQLException {
        var values = rows.stream().map(column).toArray(Integer[]::new);
        statement.setArray(at, statement.getConnection().createArrayOf("int4", values));
    }
}
