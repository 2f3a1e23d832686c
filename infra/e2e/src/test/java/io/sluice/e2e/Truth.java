package io.sluice.e2e;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.sluice.stack.Endpoints;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Reads the stores directly, without Sluice's main code. */
final class Truth {
    private final Endpoints endpoints;

    Truth(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** {@return the ids of the products in Postgres that are not deleted} */
    Set<String> inPostgres() throws SQLException {
        var ids = new HashSet<String>();
        try (var connection = DriverManager.getConnection(endpoints.get(Endpoints.POSTGRES), "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM products WHERE deleted_at IS NULL")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /** {@return how many points Qdrant serves under the alias} */
    long inQdrant() throws InterruptedException, ExecutionException {
        var url = URI.create(endpoints.get(Endpoints.QDRANT));
        try (var client = new QdrantClient(
                QdrantGrpcClient.newBuilder(url.getHost(), url.getPort(), false).build())) {
            return client.countAsync("products").get();
        }
    }
}
