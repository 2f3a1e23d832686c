package io.sluice.indexer.photo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.ApplicationContext;
import io.sluice.indexer.IndexerConfig;
import io.sluice.runtime.FacesConfig;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.photo.PhotoIds;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pipelines of photos with a real broker and a real Postgres. The test plays the gateway and the preparer. */
final class PhotoLab implements AutoCloseable {
    static final String OWNER = "0b9f4a4e-owner";

    final PipelineLab lab = PipelineLab.open(1);
    final ObjectStore objects;
    final TestPostgres.Database database;
    final ApplicationContext stores;
    final PhotoLedger ledger;
    final ObjectRemover remover;
    final Pipeline<PhotoSaved> photos;
    final Pipeline<PreparedPhoto> preparedPhotos;
    final Pipeline<PhotoFaces> photoFaces;

    private final JsonCodec codec = new JsonCodec();
    private int records;

    PhotoLab(ObjectStore objects) {
        this(objects, new FacesConfig("off"));
    }

    PhotoLab(ObjectStore objects, FacesConfig faces) {
        this.objects = objects;
        this.database = TestStack.postgres();
        this.stores = ApplicationContext.run(Map.of("database.url", database.url()));
        this.ledger = stores.getBean(PhotoLedger.class);
        this.remover = new ObjectRemover(ledger, objects, Clock.systemUTC());
        this.photos = new PhotosPipeline().photos(new IndexerConfig(16, 16), ledger, remover);
        var config = new IndexerConfig(16, 16);
        this.preparedPhotos = new PhotosPipeline().preparedPhotos(config, faces, ledger, remover);
        this.photoFaces = new PhotosPipeline().faces(config, faces, ledger, remover);
        lab.create(Topics.PHOTOS, Topics.PREPARED_PHOTOS, Topics.PHOTO_FACES);
        ledger.since(); // the database is older than the objects of the test
    }

    /** A record of photos.v1, its version, and its job. */
    record Written(String photoId, @Nullable PhotoSaved photo, long version, String jobId) {}

    /** Stores bytes and writes their record, as the gateway does. */
    Written upload(String bytes, String random) {
        var sha256 = Sha256.of(bytes.getBytes(UTF_8));
        var object = store("photos/%s/%s-%s".formatted(OWNER, sha256, random), bytes);
        var id = PhotoIds.of(OWNER, sha256);
        return write(id, new PhotoSaved(id, OWNER, "IMG_1.JPG", object, null));
    }

    Written delete(String photoId) {
        return write(photoId, null);
    }

    private Written write(String photoId, @Nullable PhotoSaved photo) {
        var written = new Written(photoId, photo, EntityVersion.of(1, records), "job-" + records);
        records++;
        lab.write(Topics.PHOTOS, photoId, photo == null ? null : text(codec.encode(photo)), written.jobId());
        return written;
    }

    /** Stores the pictures of an upload, and writes what the preparer emits for its record. */
    void prepare(Written written) {
        prepare(written, Map.of());
    }

    /** @param more headers that the record has too */
    void prepare(Written written, Map<String, String> more) {
        var photo = written.photo();
        var value = photo == null
                ? null
                : text(codec.encode(new PreparedPhoto(
                        photo, picture(photo, "preview"), picture(photo, "thumbnail"), 40, 30, null)));
        write(Topics.PREPARED_PHOTOS, written, value, more);
    }

    /** Writes what the rekognizer emits for the record of an upload or of a delete. */
    void recognize(Written written, Map<String, String> more, String... faceIds) {
        var photo = written.photo();
        var box = new Box(0.25, 0.25, 0.5, 0.5);
        var found = Stream.of(faceIds).map(id -> new Face(id, box, 99.5)).toList();
        var value =
                photo == null ? null : text(codec.encode(new PhotoFaces(photo.photoId(), photo.owner(), "7.0", found)));
        write(Topics.PHOTO_FACES, written, value, more);
    }

    private void write(Topic<?> topic, Written written, @Nullable String value, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put(Headers.ENTITY_VERSION, String.valueOf(written.version()));
        headers.put(Headers.JOB_ID, written.jobId());
        lab.kafka().write(lab.names().of(topic), written.photoId(), value, headers);
    }

    private StoredObject picture(PhotoSaved photo, String size) {
        var bytes = size + " of " + photo.object().key();
        var hash = Sha256.of(bytes.getBytes(UTF_8)).substring(0, 16);
        return store(photo.object().key() + "." + size + "-" + hash, bytes);
    }

    StoredObject store(String key, String bytes) {
        return objects.put(_ -> key, bytes.getBytes(UTF_8), "image/jpeg");
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }

    /** Waits until the pipelines have read everything, and no object is left to remove. */
    void awaitDrained() {
        lab.awaitDrained(preparedPhotos);
        awaitSaved();
    }

    /** As {@link #awaitDrained}, for a test that has started the pipeline of faces too. */
    void awaitRecognized() {
        lab.awaitDrained(photoFaces);
        awaitDrained();
    }

    /** Waits until the rows of all uploads are there, and no object is left to remove. */
    void awaitSaved() {
        lab.awaitDrained(photos);
        PipelineLab.await().until(() -> ledger.toRemove(1).isEmpty());
    }

    /** {@return the keys of all objects of photos} */
    List<String> keys() {
        return objects.list("photos/" + OWNER, null, 1_000).stream()
                .map(ObjectStore.Listed::key)
                .toList();
    }

    @Override
    public void close() {
        lab.close();
        remover.close();
        stores.close();
    }
}
