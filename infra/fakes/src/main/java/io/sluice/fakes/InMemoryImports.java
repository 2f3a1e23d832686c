package io.sluice.fakes;

import static java.util.stream.Collectors.toMap;

import io.sluice.schemas.imports.ImportRequested;
import io.sluice.stores.imports.ImportLedger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of imports in memory. In production the row store writes counts and rejected rows; here the test puts them
 * in. For use by one thread.
 */
public final class InMemoryImports implements ImportLedger {
    private static final Counts NONE = new Counts(null, 0, 0, 0, 0, 0);

    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<String, List<Rejected>> rejected = new HashMap<>();
    private int lookupsBeforeCancel = Integer.MAX_VALUE;
    private int lookupsBeforeFailure = Integer.MAX_VALUE;

    public InMemoryImports(Clock clock) {
        this.clock = clock;
    }

    /** Puts in an import as it is. It replaces what was known of that import. */
    public void put(Known imported) {
        known.put(imported.request().importId(), imported);
    }

    /** Adds a rejected row; the counts stay as they are. */
    public void reject(String importId, Rejected row) {
        rejected.computeIfAbsent(importId, _ -> new ArrayList<>()).add(row);
    }

    /** Makes the ledger cancel each import that is looked up, after this many lookups have been answered. */
    public void cancelAfterLooks(int lookups) {
        lookupsBeforeCancel = lookups;
    }

    /** Makes every lookup fail, after this many lookups have been answered. */
    public void failAfterLooks(int lookups) {
        lookupsBeforeFailure = lookups;
    }

    @Override
    public void open(ImportRequested request) {
        known.putIfAbsent(request.importId(), new Known(request, null, Map.of(), NONE, clock.instant(), false));
    }

    @Override
    public void describe(String importId, List<String> header, Map<String, String> fields) {
        known.computeIfPresent(
                importId,
                (_, found) -> new Known(
                        found.request(),
                        List.copyOf(header),
                        Map.copyOf(fields),
                        found.counts(),
                        found.openedAt(),
                        found.canceled()));
    }

    @Override
    public Optional<Known> find(String importId) {
        if (lookupsBeforeFailure-- <= 0) {
            throw new NoSuchElementException("the ledger is away");
        }
        if (lookupsBeforeCancel-- <= 0) {
            known.computeIfPresent(importId, (_, found) -> found.asCanceled());
        }
        return Optional.ofNullable(known.get(importId));
    }

    @Override
    public Map<String, Known> find(Collection<String> importIds) {
        return importIds.stream()
                .distinct()
                .flatMap(id -> find(id).stream())
                .collect(toMap(found -> found.request().importId(), found -> found));
    }

    @Override
    public List<Known> list(int limit, @Nullable Instant before) {
        return new ArrayList<>(known.values())
                .reversed().stream()
                        .filter(found -> before == null || found.openedAt().isBefore(before))
                        .sorted(Comparator.comparing(Known::openedAt).reversed())
                        .limit(limit)
                        .toList();
    }

    @Override
    public Known cancel(ImportRequested request) {
        open(request);
        var found = Objects.requireNonNull(known.get(request.importId()));
        if (!found.isComplete()) {
            found = found.asCanceled();
            known.put(request.importId(), found);
        }
        return found;
    }

    @Override
    public List<Rejected> rejected(String importId, int after, int limit) {
        return rejected.getOrDefault(importId, List.of()).stream()
                .filter(row -> row.rowNumber() > after)
                .sorted(Comparator.comparingInt(Rejected::rowNumber))
                .limit(limit)
                .toList();
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void probe() {}
}
