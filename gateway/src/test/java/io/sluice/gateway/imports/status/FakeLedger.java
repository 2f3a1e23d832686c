package io.sluice.gateway.imports.status;

import io.sluice.schemas.imports.ImportRequested;
import io.sluice.stores.imports.ImportLedger;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of imports, in memory. */
final class FakeLedger implements ImportLedger {
    final Map<String, Known> known = new LinkedHashMap<>();

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void probe() {}

    @Override
    public void open(ImportRequested request) {
        throw new UnsupportedOperationException("the importer opens imports");
    }

    @Override
    public void describe(String importId, List<String> header, Map<String, String> fields) {
        throw new UnsupportedOperationException("the importer describes imports");
    }

    @Override
    public Optional<Known> find(String importId) {
        return Optional.ofNullable(known.get(importId));
    }

    @Override
    public Map<String, Known> find(Collection<String> importIds) {
        throw new UnsupportedOperationException("the gateway asks for one at a time");
    }

    @Override
    public List<Known> list(int limit, @Nullable Instant before) {
        return known.values().stream().limit(limit).toList();
    }

    @Override
    public Known cancel(ImportRequested request) {
        throw new UnsupportedOperationException("nobody cancels here");
    }

    @Override
    public List<Rejected> rejected(String importId, int after, int limit) {
        throw new UnsupportedOperationException("no row is rejected here");
    }
}
