package io.sluice.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.ObjectStore.Listed;
import io.sluice.stores.objects.ObjectStore.ObjectCorruptException;
import io.sluice.stores.objects.ObjectStore.ObjectMissingException;
import io.sluice.stores.objects.ObjectStore.ObjectTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of every object store. */
abstract class ObjectStoreContract {
    /** How far the clocks may be apart, and the seconds that a store rounds away. */
    private static final Duration BUSY = Duration.ofMinutes(1);

    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);
    private static final String SHA256 = "0d22cdcc10e6d049dbe1af5123d50873fdfc1a4f58306e58cb6241be9472014d";

    abstract ObjectStore store();

    @Test
    void storesBytesUnderTheirHash() {
        var object = store().put("products", BYTES, "image/png");

        assertThat(object)
                .isEqualTo(new StoredObject("sluice", "products/" + SHA256, SHA256, "image/png", BYTES.length));
        assertThat(store().get(object, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void storingTheSameBytesAgainDoesNoHarm() {
        var first = store().put("again", BYTES, "image/png");

        assertThat(store().put("again", BYTES, "image/png")).isEqualTo(first);
        assertThat(store().get(first, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void storesAStreamUnderTheGivenKey() throws IOException {
        var object = store().upload("imports/1", "text/csv", new ByteArrayInputStream(BYTES), 100);

        assertThat(object).isEqualTo(new StoredObject("sluice", "imports/1", SHA256, "text/csv", BYTES.length));
        assertThat(store().get(object, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void storesBytesWhoseHashIsKnown() {
        var object = store().putHashed("photos/ada/known", SHA256, BYTES, "image/png");

        assertThat(object).isEqualTo(new StoredObject("sluice", "photos/ada/known", SHA256, "image/png", BYTES.length));
        assertThat(store().get(object, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void storesBytesUnderAKeyMadeFromTheirHash() {
        var object = store().put(sha256 -> "photos/ada/" + sha256 + "-x1", BYTES, "image/png");

        assertThat(object.key()).isEqualTo("photos/ada/" + SHA256 + "-x1");
        assertThat(store().get(object, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void keepsTheFirstObjectWhenAKeyIsUsedAgain() throws IOException {
        var first = store().upload("imports/used", "text/csv", new ByteArrayInputStream(BYTES), 100);

        store().upload("imports/used", "text/csv", new ByteArrayInputStream(new byte[1]), 100);

        assertThat(store().get(first, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void storesAnEmptyStream() throws IOException {
        var object = store().upload("imports/empty", "text/csv", InputStream.nullInputStream(), 100);

        assertThat(object.sha256()).isEqualTo(Sha256.of(new byte[0]));
        assertThat(store().get(object, 0)).isEmpty();
    }

    @Test
    void storesNothingOfABrokenStream() throws IOException {
        var closed = InputStream.nullInputStream();
        closed.close();
        var broken = new SequenceInputStream(new ByteArrayInputStream(BYTES), closed);

        assertThatThrownBy(() -> store().upload("imports/broken", "text/csv", broken, 100))
                .isInstanceOf(IOException.class)
                .hasMessage("Stream closed");
        var object = new StoredObject("sluice", "imports/broken", SHA256, "text/csv", BYTES.length);
        assertThatThrownBy(() -> store().get(object, 100)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void saysWhenAnObjectOrItsBucketIsMissing() {
        var missing = new StoredObject("sluice", "products/none", "00".repeat(32), "image/png", 1);
        var elsewhere = new StoredObject("no-such-bucket", "products/none", "00".repeat(32), "image/png", 1);

        assertThatThrownBy(() -> store().get(missing, 100)).isInstanceOf(ObjectMissingException.class);
        assertThatThrownBy(() -> store().get(elsewhere, 100)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void refusesAnObjectThatIsTooLarge() {
        var object = store().put("limits", BYTES, "image/png");

        assertThatThrownBy(() -> store().get(object, BYTES.length - 1)).isInstanceOf(ObjectTooLargeException.class);
        assertThat(store().get(object, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void detectsACorruptObject() {
        var object = store().put("corrupt", BYTES, "image/png");
        var announced = new StoredObject(object.bucket(), object.key(), "00".repeat(32), "image/png", 10);

        assertThatThrownBy(() -> store().get(announced, 100)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void fetchesAPart() {
        var object = store().put("parts", BYTES, "image/png");

        assertThat(store().getPart(object, 0, BYTES.length)).isEqualTo(BYTES);
        assertThat(store().getPart(object, 0, 1)).isEqualTo("s".getBytes(UTF_8));
        assertThat(store().getPart(object, 5, 5)).isEqualTo("bytes".getBytes(UTF_8));
        var missing = new StoredObject("sluice", "parts/none", SHA256, "image/png", BYTES.length);
        assertThatThrownBy(() -> store().getPart(missing, 0, 1)).isInstanceOf(ObjectMissingException.class);
    }

    @ParameterizedTest
    @CsvSource({"9, 0, 9", "11, 0, 11", "11, 0, 1", "50, 40, 10", "50, 5, 40"})
    void fetchesNoPartOfAnObjectOfAnotherSize(int announced, int first, int length) {
        var object = store().put("resized", BYTES, "image/png");
        var other = new StoredObject(object.bucket(), object.key(), object.sha256(), "image/png", announced);

        assertThatThrownBy(() -> store().getPart(other, first, length)).isInstanceOf(ObjectCorruptException.class);
    }

    @Test
    void doesNotFindADeletedObject() {
        var object = store().put("unwanted", BYTES, "text/csv");

        store().delete(object);
        store().delete(object);

        assertThatThrownBy(() -> store().get(object, 100)).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void deletingFromAnUnknownBucketDoesNothing() {
        store().delete("no-such-bucket", "unwanted/" + SHA256);
    }

    @Test
    void listsTheObjectsOfAFolderPageByPage() {
        var before = Instant.now().minus(BUSY);
        for (var name : List.of("b", "a", "d", "c")) {
            store().put(_ -> "listed/" + name, BYTES, "image/png");
        }
        store().put(_ -> "listed-not", BYTES, "image/png");

        var first = store().list("listed/", null, 3);
        var second = store().list("listed/", first.getLast().key(), 3);

        assertThat(first).extracting(Listed::key).containsExactly("listed/a", "listed/b", "listed/c");
        assertThat(second).extracting(Listed::key).containsExactly("listed/d");
        assertThat(first).allMatch(object -> object.bucket().equals("sluice"));
        assertThat(first)
                .allMatch(object -> object.storedAt().isAfter(before)
                        && object.storedAt().isBefore(Instant.now().plus(BUSY)));
        assertThat(store().list("no-such-folder/", null, 3)).isEmpty();
    }

    @Test
    void changingAnArrayDoesNotChangeTheStoredObject() {
        var bytes = BYTES.clone();
        var object = store().put("copies", bytes, "image/png");
        bytes[0]++;
        store().get(object, 100)[0]++;

        assertThat(store().get(object, 100)).isEqualTo(BYTES);
    }
}
