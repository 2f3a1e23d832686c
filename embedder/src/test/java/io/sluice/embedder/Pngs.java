package io.sluice.embedder;

import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Objects in memory, and what was asked of them. */
final class FakeObjects implements ObjectStore {
    final Queue<StoredObject> fetched = new ConcurrentLinkedQueue<>();
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
    volatile @Nullable RuntimeException failure;

    @Override
    public String name() {
        return "objects";
    }

    @Override
    public void probe() {}

    @Override
    public StoredObject put(KeyOfHash key, byte[] content, String contentType) {
        try {
            var sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            bytes.put(sha256, content);
            return new StoredObject("sluice", key.of(sha256), sha256, contentType, content.length);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public StoredObject upload(String key, String contentType, InputStream content, long atMost) {
        throw new UnsupportedOperationException("the embedder uploads nothing");
    }

    @Override
    public void delete(StoredObject object) {
        throw new UnsupportedOperationException("the embedder deletes nothing");
    }

    @Override
    public byte[] get(StoredObject object, long maxBytes) {
        fetched.add(object);
        if (failure != null) {
            throw failure;
        }
        var content = bytes.get(object.sha256());
        if (content == null) {
            throw new ObjectMissingException(object);
        }
        return content;
    }

    /** {@return a PNG of one color} */
    static byte[] png(int red) {
        var image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, red << 16);
        }
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
