package io.sluice.stores.imports;

import io.micronaut.context.annotation.Factory;
import io.sluice.imports.kind.ImportKinds;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** The kinds of imports as a bean, read once. */
@Factory
final class ImportBeans {
    @Singleton
    ImportKinds kinds(ImportConfig config) {
        return ImportKinds.load(config.kinds().isBlank() ? Optional.empty() : Optional.of(Path.of(config.kinds())));
    }
}
