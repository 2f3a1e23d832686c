package io.sluice.gateway.shelf;

import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Objects in memory. */
public final class FakeObjects implements ObjectStore {
    public final Map<String, byte[]> kept = new HashMap<>();
    /** How many streams were stored, or begun to be. */
    public int uploads;

    @Override
    public String name() {
        return "objects";
    }

    @Override
    public void probe() {}

    @Override
    public StoredObject put(KeyOfHash key, byte[] bytes, String contentType) {
        var sha256 = Sha256.of(bytes);
        kept.putIfAbsent(key.of(sha256), bytes.clone());
        return new StoredObject("sluice", key.of(sha256), sha256, contentType, bytes.length);
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
        var bytes = kept.get(object.key());
        if (bytes == null) {
            throw new ObjectMissingException(object);
        }
        return bytes.clone();
    }
}
