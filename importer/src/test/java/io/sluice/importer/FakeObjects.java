package io.sluice.importer;

import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Files in memory. */
final class FakeObjects implements ObjectStore {
    private final Map<String, byte[]> files = new HashMap<>();

    void clear() {
        files.clear();
    }

    @Override
    public StoredObject put(KeyOfHash key, byte[] bytes, String contentType) {
        var sha256 = Sha256.of(bytes);
        files.put(sha256, bytes);
        return new StoredObject("sluice", key.of(sha256), sha256, contentType, bytes.length);
    }

    @Override
    public StoredObject upload(String key, String contentType, InputStream bytes, long atMost) {
        throw new UnsupportedOperationException("the importer uploads nothing");
    }

    @Override
    public void delete(StoredObject object) {
        throw new UnsupportedOperationException("the importer deletes nothing");
    }

    @Override
    public byte[] get(StoredObject object, long maxBytes) {
        var bytes = files.get(object.sha256());
        if (bytes == null) {
            throw new ObjectMissingException(object);
        }
        return bytes;
    }

    @Override
    public String name() {
        return "objects";
    }

    @Override
    public void probe() {}
}
