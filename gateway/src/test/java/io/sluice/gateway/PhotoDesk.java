package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.testkit.TestStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Uploads photos as callers, and does the work of the indexer: it writes the events of photos.v1 to the ledger. */
record PhotoDesk(GatewayUnderTest gateway, ClosedGateway.Door door) {
    static final String PHOTOS = "/api/v1/photos";

    private static final JsonCodec CODEC = new JsonCodec();

    static PhotoDesk of(ClosedGateway.Door door) {
        return new PhotoDesk(door.gateway(), door);
    }

    Answer upload(Caller caller, Multipart form) {
        return upload(caller, form.contentType(), form.body());
    }

    Answer upload(Caller caller, String contentType, byte[] body) {
        return gateway.send(door.as(caller, gateway.request(PHOTOS))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /** {@return the answer to one photo, which is accepted} */
    JsonNode uploaded(Caller caller, byte[] picture, String fileName) {
        var answer = upload(caller, new Multipart().file("files", fileName, "image/png", picture));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        return answer.json().at("/photos/0");
    }

    Answer get(Caller caller, String path, String... headers) {
        var request = door.as(caller, gateway.request(path)).GET();
        return gateway.send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer delete(Caller caller, String photoId) {
        return gateway.send(
                door.as(caller, gateway.request(PHOTOS + "/" + photoId)).DELETE());
    }

    /** {@return the records of one photo, oldest first} */
    List<ConsumerRecord<byte[], byte[]>> records(String photoId) {
        return TestStack.kafka().read(gateway.topic("photos.v1")).stream()
                .filter(message -> new String(message.key(), UTF_8).equals(photoId))
                .toList();
    }

    /** {@return the photo in the last record under its id; fails when that is a tombstone} */
    PhotoSaved saved(String photoId) {
        return saved(records(photoId).getLast());
    }

    private static PhotoSaved saved(ConsumerRecord<byte[], byte[]> message) {
        return ((Decoded.Intact<PhotoSaved>) CODEC.decode(PhotoSaved.class, message.value())).event();
    }

    /** Writes the last record of a photo to the ledger, as the indexer does. */
    void index(String photoId) {
        var last = records(photoId).getLast();
        var version = EntityVersion.of(1, last.offset());
        ledger().save(List.of(
                last.value() == null
                        ? new PhotoLedger.Deleted(photoId, version, Instant.now())
                        : new PhotoLedger.Uploaded(saved(last), version, Instant.now())));
    }

    /** Writes that a photo is prepared, with these bytes as its preview and its thumbnail. */
    void prepare(String photoId, byte[] preview, byte[] thumbnail) {
        var row = ledger().find(photoId).orElseThrow();
        var made = new PreparedPhoto(saved(photoId), stored(preview), stored(thumbnail), 40, 30, null);
        ledger().save(List.of(new PhotoLedger.Prepared(made, row.version(), Instant.now())));
    }

    PhotoLedger ledger() {
        return gateway.bean(PhotoLedger.class);
    }

    StoredObject stored(byte[] bytes) {
        return gateway.bean(ObjectStore.class).put("previews", bytes, "image/jpeg");
    }

    /** {@return the bytes of the object in the store} */
    byte[] bytes(StoredObject object) {
        return gateway.bean(ObjectStore.class).get(object, 1L << 30);
    }
}
