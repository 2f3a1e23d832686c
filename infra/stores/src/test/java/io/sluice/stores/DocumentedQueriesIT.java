package io.sluice.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micronaut.context.ApplicationContext;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.stores.imports.RowStore;
import io.sluice.testkit.TestStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The queries that the operations page gives run on the tables that the services make. */
class DocumentedQueriesIT {
    private static final Path PAGE = Path.of("../../docs/operations/running.md");
    private static final Pattern QUERY = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyQueryRuns() throws Exception {
        var url = TestStack.postgres().url();
        var kind = ImportKinds.load(Optional.empty()).find("companies").orElseThrow();
        try (var stores = ApplicationContext.run(Map.of("database.url", url))) {
            stores.getBean(RowStore.class).prepare(kind);
        }

        var queries = QUERY.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(queries).hasSizeGreaterThanOrEqualTo(2);
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            for (var query : queries) {
                assertThatCode(() -> statement.executeQuery(query).close())
                        .as(query)
                        .doesNotThrowAnyException();
            }
        }
    }
}
