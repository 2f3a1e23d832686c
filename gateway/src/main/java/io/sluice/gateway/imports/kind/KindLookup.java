package io.sluice.gateway.imports.kind;

import io.sluice.gateway.imports.ImportProblem;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds kinds of imports by name. */
@Singleton
public final class KindLookup {
    private final ImportKinds kinds;

    public KindLookup(ImportKinds kinds) {
        this.kinds = kinds;
    }

    /** {@return the kind of this name} */
    public Optional<ImportKind> find(String name) {
        return kinds.find(name);
    }

    /**
     * {@return the kind of this name}
     *
     * @throws ProblemException when there is no such kind
     */
    public ImportKind get(String name) {
        return find(name)
                .orElseThrow(() ->
                        new ProblemException(ImportProblem.IMPORT_KIND_NOT_FOUND, "The kinds are: " + names() + "."));
    }

    /** {@return the names of all kinds, as a text for people} */
    public String names() {
        return all().stream().map(ImportKind::name).collect(Collectors.joining(", "));
    }

    List<ImportKind> all() {
        return kinds.all();
    }
}
