package io.sluice.gateway.imports;

import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Objects in memory. */
final class FakeObjects implements ObjectStore {
    final Map<String, byte[]> kept = new HashMap<>();
    int uploads;

    @Override
    public String name() {
        return "objects";
    }

    @Override
    public void probe() {}

    @Override
    public StoredObject put(String folder, byte[] bytes, String contentType) {
        throw new UnsupportedOperationException("files of imports are uploaded");
    }

    @Override
    public StoredObject upload(String key, String contentType, InputStream bytes, long atMost) throws IOException {
        uploads++;
        var all = bytes.readAllBytes();
        kept.put(key, all);
        return new StoredObject("sluice", key, Sha256.of(all), contentType, all.length);
    }

    @Override
    public void delete(StoredObject object) {
        kept.remove(object.key());
    }

    @Override
    public byte[] get(StoredObject object, long maxBytes) {
        throw new UnsupportedOperationException("nobody reads here");
    }
}
