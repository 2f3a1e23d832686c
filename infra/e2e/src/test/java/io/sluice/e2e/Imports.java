package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.SluiceClient;
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

/** Imports of companies, and what they come to in the table itself. */
final class Imports {
    private Imports() {}

    /** Sends a CSV file of companies. {@return the import's id} */
    static String send(SluiceClient sluice, Path folder, List<List<String>> rows) throws IOException {
        var csv = Companies.csv(',', Companies.HEADER, rows).getBytes(UTF_8);
        var file = Files.write(Files.createTempFile(folder, "companies-", ".csv"), csv);
        var answer = sluice.importFile(
                file, Map.of("kind", "companies"), UUID.randomUUID().toString());
        assertThat(answer.status()).as(answer.problem()).isEqualTo(202);
        return answer.text("import_id");
    }

    static JsonNode status(SluiceClient sluice, String id) throws IOException {
        return sluice.importStatus(id).body();
    }

    /** {@return how many of its rows have an outcome} */
    static int done(JsonNode status) {
        return written(status) + status.path("rows_rejected").asInt();
    }

    /** {@return how many of its rows are in the table} */
    static int written(JsonNode status) {
        return status.path("rows_created").asInt()
                + status.path("rows_updated").asInt()
                + status.path("rows_unchanged").asInt();
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

    /** {@return the names that the table should have after these rows, by siret} */
    static Map<String, String> names(List<List<String>> rows) {
        var names = new HashMap<String, String>();
        rows.forEach(row -> names.put(row.get(0), row.get(1)));
        return names;
    }
}
