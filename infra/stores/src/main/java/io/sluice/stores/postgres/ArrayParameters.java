package io.sluice.stores.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the columns of many rows as parameters of one statement, each column as one array, for {@code unnest}. */
public record ArrayParameters<R>(PreparedStatement statement, List<R> rows) {
    /** Binds one column as an array of texts. */
    public void texts(int at, Function<R, @Nullable String> column) throws SQLException {
        var values = rows.stream().map(column).toArray(String[]::new);
        statement.setArray(at, statement.getConnection().createArrayOf("text", values));
    }

    /** Binds one column as an array of integers. */
    public void integers(int at, Function<R, @Nullable Integer> column) throws SQLException {
        var values = rows.stream().map(column).toArray(Integer[]::new);
        statement.setArray(at, statement.getConnection().createArrayOf("int4", values));
    }
}
