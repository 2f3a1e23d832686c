package io.sluice.schemas;

import static io.sluice.schemas.Topic.Role.BROADCAST;
import static io.sluice.schemas.Topic.Role.CANONICAL;
import static io.sluice.schemas.Topic.Role.DERIVED;
import static io.sluice.schemas.Topic.Role.RETRIES;
import static java.util.stream.Collectors.joining;

import io.sluice.schemas.Topic.Cleanup.Compact;
import io.sluice.schemas.Topic.Cleanup.CompactAndDelete;
import io.sluice.schemas.Topic.Cleanup.CompactWithin;
import io.sluice.schemas.Topic.Cleanup.Delete;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.schemas.pipeline.PipelineReport;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The catalogue of topics: the only place that spells their names. */
public final class Topics {
    /**
     * How soon the topics of photos and faces forget what is deleted: a segment is closed so long after its first record,
     * and compacted so long after that.
     */
    public static final Duration FORGOTTEN = Duration.ofHours(24);

    /**
     * The longest that retries and dead letters of photos and faces are kept. A record is deleted with its segment, which
     * is closed within {@link #FORGOTTEN}: that is 30 days together.
     */
    public static final Duration PERSONAL_FAILURES_KEPT = Duration.ofDays(29);

    /** How long events of jobs are kept, from when their segment is closed. */
    public static final Duration JOB_EVENTS_KEPT = Duration.ofDays(7);

    /** Full state of products, by product id. A null value deletes the product. Upstream systems may write here. */
    public static final Topic<ProductSaved> PRODUCTS =
            new Topic<>("products.v1", ProductSaved.class, new Compact(), CANONICAL);

    /** Photos as they were uploaded, by photo id. A null value deletes the photo. */
    public static final Topic<PhotoSaved> PHOTOS =
            new Topic<>("photos.v1", PhotoSaved.class, new CompactWithin(FORGOTTEN), CANONICAL);

    /** Photos with the smaller pictures made from them, by photo id. A null value deletes the photo. */
    public static final Topic<PreparedPhoto> PREPARED_PHOTOS =
            new Topic<>("prepared-photos.v1", PreparedPhoto.class, new CompactWithin(FORGOTTEN), DERIVED);

    /** The faces that photos show, by photo id. A null value deletes the photo. */
    public static final Topic<PhotoFaces> PHOTO_FACES =
            new Topic<>("photo-faces.v1", PhotoFaces.class, new CompactWithin(FORGOTTEN), DERIVED);

    /** The faces that users have enrolled, by user id. A null value erases the user's face. */
    public static final Topic<FaceEnrolled> FACE_ENROLMENTS =
            new Topic<>("face-enrolments.v1", FaceEnrolled.class, new CompactWithin(FORGOTTEN), CANONICAL);

    /** Requests to import files, by import id. */
    public static final Topic<ImportRequested> IMPORTS =
            new Topic<>("imports.v1", ImportRequested.class, new Delete(Duration.ofDays(30)), CANONICAL);

    /**
     * Rows to write, by {@code kind:natural key}; also rejected rows and the ends of imports. Upstream systems may
     * write here.
     */
    public static final Topic<ImportRow> IMPORT_ROWS =
            new Topic<>("import-rows.v1", ImportRow.class, new Delete(Duration.ofDays(7)), CANONICAL);

    /** One step of one job, by job id. */
    public static final Topic<JobEvent> JOB_EVENTS =
            new Topic<>("job-events.v1", JobEvent.class, new Delete(JOB_EVENTS_KEPT), DERIVED);

    /** The current state of every job, by job id. */
    public static final Topic<Job> JOBS =
            new Topic<>("jobs.v1", Job.class, new CompactAndDelete(Duration.ofDays(30)), DERIVED);

    /** Whether each pipeline may work, by the pipeline's public name. */
    public static final Topic<PipelineControl> PIPELINE_CONTROLS =
            new Topic<>("pipeline-controls.v1", PipelineControl.class, new Compact(), BROADCAST);

    /** What each instance says of its pipelines, by {@code instance:pipeline}. A null value: the instance has stopped. */
    public static final Topic<PipelineReport> PIPELINE_STATUS = new Topic<>(
            "pipeline-status.v1", PipelineReport.class, new CompactAndDelete(Duration.ofDays(1)), BROADCAST);

    /** The pipeline that prepares photos, and its consumer group: photos wait in its queue. */
    public static final String PHOTO_PREPARER = "photo-preparer";

    /** The pipeline that writes uploaded photos to the ledger, and its consumer group. */
    public static final String PHOTO_INDEXER = "photo-indexer";

    /** The pipeline that writes prepared photos to the ledger, and its consumer group. */
    public static final String PREPARED_PHOTO_INDEXER = "prepared-photo-indexer";

    /** The pipeline that finds the faces of prepared photos, and its consumer group. */
    public static final String REKOGNIZER = "rekognizer";

    /** The pipeline that enrols the faces of users, and its consumer group. */
    public static final String FACE_ENROLLER = "face-enroller";

    /** The pipeline that writes the faces of photos to the ledger, and its consumer group. */
    public static final String FACE_INDEXER = "face-indexer";

    /** The tier of retries that every consumer group has. Records that are sent back from the dead letters arrive in it. */
    public static final String FIRST_RETRY = "retry-10s";

    private static final Duration RETRIES_KEPT = Duration.ofDays(30);

    private static final String VECTORS = "product-vectors.";
    private static final String VERSION = ".v1";

    private Topics() {}

    /**
     * The products of one index with their vectors, by product id. A null value deletes the product.
     *
     * @param index the index that the vectors are for, {@code <model>-<n>}
     */
    public static Topic<ProductVectors> productVectors(String index) {
        return new Topic<>(VECTORS + index + VERSION, ProductVectors.class, new Compact(), DERIVED);
    }

    /** {@return whether a topic of this name holds products with their vectors, whatever the index} */
    public static boolean isOfProductVectors(String topic) {
        return topic.startsWith(VECTORS);
    }

    /** {@return the consumer group of the embedder of one index} */
    public static String embedderGroup(String index) {
        return "embedder-" + index;
    }

    /**
     * Products that the embedder of one index is to embed again, by product id. Who writes here gives the version of the
     * product in the header {@code x-entity-version}.
     */
    public static Topic<ProductSaved> productsToEmbedAgain(String index) {
        var name = retries(PRODUCTS.name(), embedderGroup(index), FIRST_RETRY);
        return new Topic<>(name, ProductSaved.class, new Delete(RETRIES_KEPT), RETRIES);
    }

    /**
     * Photos that the rekognizer is to recognize again, by photo id. Who writes here gives the version of the photo in the
     * header {@code x-entity-version}.
     */
    public static Topic<PreparedPhoto> photosToRecognizeAgain() {
        var name = retries(PREPARED_PHOTOS.name(), REKOGNIZER, FIRST_RETRY);
        return new Topic<>(name, PreparedPhoto.class, new Delete(RETRIES_KEPT), RETRIES);
    }

    /**
     * Enrolments that the face-enroller is to handle again, by user id. Who writes here gives the version of the enrolment
     * in the header {@code x-entity-version}.
     */
    public static Topic<FaceEnrolled> facesToEnrollAgain() {
        var name = retries(FACE_ENROLMENTS.name(), FACE_ENROLLER, FIRST_RETRY);
        return new Topic<>(name, FaceEnrolled.class, new Delete(RETRIES_KEPT), RETRIES);
    }

    /**
     * {@return a pattern of the names of all dead-letter topics, whatever the processor; its groups are {@code topic}
     * and {@code processor}}
     */
    public static Pattern allDeadLetters() {
        var anyIndex = Pattern.quote(VECTORS) + "[a-z0-9.-]+" + Pattern.quote(VERSION);
        var sources = Stream.of(PRODUCTS, PHOTOS, PREPARED_PHOTOS, PHOTO_FACES, FACE_ENROLMENTS, IMPORTS, IMPORT_ROWS)
                .map(topic -> Pattern.quote(topic.name()))
                .collect(joining("|", "", "|" + anyIndex));
        return Pattern.compile("(?<topic>" + sources + ")\\.(?<processor>[a-z0-9-]+)\\.dlq");
    }

    /** {@return the dead-letter topic of one processor for one topic, such as {@code products.v1.embedder.dlq}} */
    public static String deadLetters(String topic, String processor) {
        return topic + "." + processor + ".dlq";
    }

    /**
     * {@return the retry topic of one consumer group for one topic, such as {@code
     * products.v1.embedder-builtin-1.retry-10s}}
     *
     * @param tier how long records wait in it, such as {@link #FIRST_RETRY}
     */
    public static String retries(String topic, String group, String tier) {
        return topic + "." + group + "." + tier;
    }
}
