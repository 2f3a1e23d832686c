package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.client.SluiceClient;
import io.sluice.client.imports.ImportOptions;
import io.sluice.client.imports.ImportState;
import io.sluice.local.samples.Companies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Imports companies and reads the resulting rows from the table. */
final class Imports {
    private Imports() {}

    /** Sends a CSV file of companies. {@return the import's id} */
    static String send(SluiceClient sluice, Path folder, List<List<String>> rows) throws IOException {
        var csv = Companies.csv(',', Companies.HEADER, rows).getBytes(UTF_8);
        var file = Files.write(Files.createTempFile(folder, "companies-", ".csv"), csv);
        var key = UUID.randomUUID().toString();
        return sluice.imports()
                .send(file, ImportOptions.ofKind("companies"), key)
                .orElseThrow()
                .id();
    }

    /** {@return the import as it is now} */
    static ImportState state(SluiceClient sluice, String id) throws IOException {
        return sluice.imports().find(id).orElseThrow();
    }

    /** {@return the names of all companies, by siret} */
    static Map<String, String> companies(String jdbcUrl) throws SQLException {
        var names = new HashMap<String, String>();
        try (var connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT siret, name FROM companies")) {
            while (rows.next()) {
                names.put(rows.getString(1), rows.getString(2));
            }
        }
        return names;
    }

    /** {@return the names that the table must have after these rows, by siret} */
    static Map<String, String> names(List<List<String>> rows) {
        var names = new HashMap<String, String>();
        rows.forEach(row -> names.put(row.get(0), row.get(1)));
        return names;
    }
}
