package io.sluice.importer;

import io.sluice.schemas.imports.ImportRequested;
import io.sluice.stores.imports.ImportLedger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger that knows one import. */
final class FakeLedger implements ImportLedger {
    private List<String> described = List.of();
    private @Nullable ImportRequested opened;
    private int looksBeforeCancel = Integer.MAX_VALUE;
    private int looksBeforeFailure = Integer.MAX_VALUE;

    /** Somebody cancels the import when it was looked at so often. */
    void cancelAfterLooks(int looks) {
        looksBeforeCancel = looks;
    }

    /** The ledger answers so often, and then no more. */
    void failAfterLooks(int looks) {
        looksBeforeFailure = looks;
    }

    List<String> described() {
        return described;
    }

    @Override
    public void open(ImportRequested request) {
        opened = request;
    }

    @Override
    public void describe(String importId, List<String> header, Map<String, String> fields) {
        described = header;
    }

    @Override
    public Optional<Known> find(String importId) {
        if (looksBeforeFailure-- <= 0) {
            throw new NoSuchElementException("the ledger is away");
        }
        var canceled = looksBeforeCancel-- <= 0;
        return Optional.ofNullable(opened)
                .map(request ->
                        new Known(request, null, Map.of(), new Counts(null, 0, 0, 0, 0, 0), Instant.EPOCH, canceled));
    }

    @Override
    public Map<String, Known> find(Collection<String> importIds) {
        throw new UnsupportedOperationException("the importer asks for one at a time");
    }

    @Override
    public List<Known> list(int limit, @Nullable Instant before) {
        throw new UnsupportedOperationException("the importer lists nothing");
    }

    @Override
    public Known cancel(ImportRequested request) {
        throw new UnsupportedOperationException("the importer cancels nothing");
    }

    @Override
    public List<Rejected> rejected(String importId, int after, int limit) {
        throw new UnsupportedOperationException("the importer reads no rejections");
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public void probe() {}
}
