package io.sluice.stores.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.stores.SqlRun;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A kind's table is in the same schema as tables of Sluice. */
class KindNamesIT {
    private static final ImportKind COMPANIES =
            ImportKinds.load(Optional.empty()).find("companies").orElseThrow();

    @Test
    void noKindHasTheNameOfATableOrAnIndexOfSluice() {
        var names = namesInPublic();

        assertThat(names).contains("photos", "photos_of_owner", "embeddings", "object_removals");
        assertThat(names)
                .allSatisfy(name -> assertThatThrownBy(() -> named(name))
                        .as(name)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(
                                "'%s' is too close to the name of a table of Sluice: choose another name for the kind",
                                name));
    }

    @Test
    void aNameThatOnlyBeginsLikeATableIsFree() {
        assertThat(List.of("embedding", "photo", "faces", "face_creams", "product", "object_removalists"))
                .allSatisfy(name -> assertThat(named(name).name()).isEqualTo(name));
    }

    /** {@return the names of all tables and indexes that the migrations make} */
    private static List<String> namesInPublic() {
        var config = PostgresConfig.of(TestStack.postgres().url());
        try (var postgres = new Postgres(config, 1)) {
            postgres.awaitReady();
            return List.of(SqlRun.text(
                            config,
                            "SELECT string_agg(relname, ',') FROM pg_class WHERE relnamespace = 'public'::regnamespace")
                    .split(",", -1));
        }
    }

    private static ImportKind named(String name) {
        return new ImportKind(name, "", COMPANIES.fields(), true, ImportKind.Target.TABLE);
    }
}
