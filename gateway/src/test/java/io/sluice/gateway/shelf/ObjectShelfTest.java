package io.sluice.gateway.shelf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fakes.InMemoryObjects;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;

class ObjectShelfTest {
    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);

    private final InMemoryObjects objects = new InMemoryObjects();
    private final ObjectShelf shelf = new ObjectShelf(objects);

    @Test
    void storesFilesUnderTheKeysOfItsCallers() throws IOException {
        var byContent = shelf.store(sha256 -> "photos/ada/" + sha256 + "-1", "image/png", BYTES);
        var byName = shelf.store("imports/1", "text/csv", new ByteArrayInputStream(BYTES), BYTES.length);

        assertThat(byContent.key()).isEqualTo("photos/ada/" + Sha256.of(BYTES) + "-1");
        assertThat(byName).isEqualTo(new StoredObject("sluice", "imports/1", Sha256.of(BYTES), "text/csv", 10));
        assertThat(shelf.fetch(byName, 10)).isEqualTo(BYTES);
    }

    @Test
    void storesNothingOfAStreamThatBreaksOff() {
        var cut = new SequenceInputStream(new ByteArrayInputStream(BYTES), closed());

        assertThatThrownBy(() -> shelf.store("imports/2", "text/csv", cut, 100)).isInstanceOf(IOException.class);
        assertThat(objects.kept()).isEmpty();
    }

    @Test
    void removesAFile() throws IOException {
        var file = shelf.store("imports/3", "text/csv", new ByteArrayInputStream(BYTES), BYTES.length);

        shelf.remove(file);

        assertThatThrownBy(() -> shelf.fetch(file, 10)).isInstanceOf(ObjectStore.ObjectMissingException.class);
    }

    private static InputStream closed() {
        var closed = InputStream.nullInputStream();
        try {
            closed.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return closed;
    }
}
