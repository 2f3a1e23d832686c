package io.sluice.rekognizer.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.context.ApplicationContext;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.photo.Renditions;
import io.sluice.rekognizer.Rekognizer;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestRekognition;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

/** A deployment of its own on the shared servers, with its own stand-in for Rekognition. Only the rekognizer is started. */
public final class Deployment implements AutoCloseable {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestKafka kafka = TestStack.kafka();
    private final String prefix = kafka.freshPrefix();
    private final String database = TestStack.postgres().url();
    private final TestRekognition rekognition = TestRekognition.start(TestStack.newFolder("rekognition"));
    private final ApplicationContext stores = ApplicationContext.run(
            Map.of("database.url", database, "s3.endpoint", TestStack.s3().url()));
    private final ObjectStore objects = stores.getBean(ObjectStore.class);
    private final Postgres postgres = stores.getBean(Postgres.class);
    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(Limits.ofDefaults()));
    private final JsonCodec codec = new JsonCodec();
    private final AtomicLong versions = new AtomicLong();
    /** Drawing one takes longer than all else. */
    private final Map<SamplePhoto, byte[]> previews = new ConcurrentHashMap<>();

    public Deployment() {
        slow(Duration.ZERO);
    }

    /** {@return the settings of a rekognizer} */
    public Map<String, Object> settings() {
        return Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "sluice.topic-prefix",
                prefix,
                "sluice.partitions",
                4,
                "sluice.faces",
                "on",
                "sluice.rekognizer.port",
                -1,
                "database.url",
                database,
                "s3.endpoint",
                TestStack.s3().url(),
                "rekognition.endpoint",
                rekognition.url());
    }

    private Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "KAFKA_SESSION_TIMEOUT_MS",
                "6000",
                "KAFKA_HEARTBEAT_INTERVAL_MS",
                "1500",
                "SLUICE_TOPIC_PREFIX",
                prefix,
                "SLUICE_PARTITIONS",
                "4",
                "SLUICE_FACES",
                "on",
                "SLUICE_REKOGNIZER_PORT",
                "0",
                "DATABASE_URL",
                database,
                "S3_ENDPOINT",
                TestStack.s3().url(),
                "REKOGNITION_ENDPOINT",
                rekognition.url());
    }

    /** Starts a rekognizer that can be killed. */
    public Process startProcess() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rekognizer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        return builder.start();
    }

    /** Creates the topics before a rekognizer does. */
    public void createTopics() {
        new TopicPlan(kafka.brokers(), new TopicNames(prefix), 4, -1).ensure(Topics.PREPARED_PHOTOS);
    }

    /** Publishes a photo as the preparer does. */
    public void publish(String owner, SamplePhoto photo) {
        var preview = objects.put(
                sha256 -> "photos/" + owner + "/" + sha256,
                previews.computeIfAbsent(photo, this::preview),
                "image/jpeg");
        var id = id(owner, photo.fileName());
        var saved = new PhotoSaved(id, owner, photo.fileName(), preview, null);
        write(
                Topics.PREPARED_PHOTOS,
                id,
                new PreparedPhoto(saved, preview, preview, photo.width(), photo.height(), AT));
    }

    private byte[] preview(SamplePhoto photo) {
        try (var decoding = decoder.prepare(photo.jpeg(), Renditions.PREVIEW)) {
            return Renditions.of(decoding.picture(), decoding.image().still().colorProfile())
                    .preview();
        }
    }

    /** Deletes a photo. */
    public void delete(String owner, SamplePhoto photo) {
        write(Topics.PREPARED_PHOTOS, id(owner, photo.fileName()), null);
    }

    private static String id(String owner, String fileName) {
        return owner + ":" + fileName;
    }

    /** Enrolls a user. */
    public void enrol(String user, SamplePhoto selfie) {
        var object = objects.put(sha256 -> "selfies/" + user + "/" + sha256, selfie.jpeg(), "image/jpeg");
        write(Topics.FACE_ENROLMENTS, user, new FaceEnrolled(user, object, AT));
    }

    /** Ends a user's enrolment. */
    public void unenrol(String user) {
        write(Topics.FACE_ENROLMENTS, user, null);
    }

    private <E extends EntityEvent> void write(Topic<E> topic, String key, @Nullable E event) {
        kafka.write(
                prefix + topic.name(),
                key,
                event == null ? null : new String(codec.encode(event), UTF_8),
                Map.of(Headers.ENTITY_VERSION, String.valueOf(versions.incrementAndGet())));
    }

    /** {@return the faces of the owner's photos by file name, as the newest records say} */
    public Map<String, List<String>> faces(String owner) {
        var faces = new TreeMap<String, List<String>>();
        kafka.read(prefix + Topics.PHOTO_FACES.name()).forEach(record -> {
            var id = new String(record.key(), UTF_8);
            if (id.startsWith(owner + ":")) {
                var fileName = id.substring(owner.length() + 1);
                if (record.value() == null) {
                    faces.remove(fileName);
                } else {
                    faces.put(fileName, ids(json(record.value())));
                }
            }
        });
        return faces;
    }

    private static List<String> ids(JsonNode photoFaces) {
        var ids = new ArrayList<String>();
        photoFaces.get("faces").forEach(face -> ids.add(face.get("face_id").asText()));
        return ids;
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the users that each face matches} */
    public Map<String, Set<String>> matches() {
        var matches = new TreeMap<String, Set<String>>();
        for (var match : column("SELECT face_id || ' ' || user_id FROM face_matches")) {
            var parts = match.split(" ", 2);
            matches.computeIfAbsent(parts[0], _ -> new TreeSet<>()).add(parts[1]);
        }
        return matches;
    }

    /** {@return how many users are enrolled} */
    public int enrolled() {
        return column("SELECT user_id FROM face_enrolments WHERE face_id IS NOT NULL")
                .size();
    }

    /** {@return how many faces are known} */
    public int indexedFaces() {
        return column("SELECT face_id FROM indexed_faces").size();
    }

    /** {@return how many faces the stand-in keeps} */
    public long facesAtProvider() {
        try (var client = RekognitionClient.builder()
                .endpointOverride(URI.create(rekognition.url()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            return client.describeCollection(request -> request.collectionId("sluice"))
                    .faceCount();
        }
    }

    /** {@return how many images have a result} */
    public int keptImages() {
        return column("SELECT sha256 FROM face_results WHERE state = 'kept'").size();
    }

    /** {@return what is left of images, faces, matches and enrolments} */
    public List<String> remains() {
        return column("""
                SELECT 'image ' || sha256 FROM face_results UNION ALL SELECT 'face ' || face_id FROM indexed_faces
                UNION ALL SELECT 'match ' || user_id FROM face_matches
                UNION ALL SELECT 'reference ' || holder FROM face_references WHERE sha256 IS NOT NULL
                UNION ALL SELECT 'enrolment ' || user_id FROM face_enrolments WHERE face_id IS NOT NULL""");
    }

    /** {@return the dead letters of the rekognizer} */
    public List<String> deadLetters() {
        return kafka.readText(prefix + Topics.deadLetters(Topics.PREPARED_PHOTOS.name(), Topics.REKOGNIZER));
    }

    private List<String> column(String query) {
        return postgres.run(connection -> Sql.list(connection, query, row -> String.valueOf(row.getString(1))));
    }

    /** Makes every call of the stand-in take this long, and counts calls from now. */
    public void slow(Duration latency) {
        rekognition.fault("{\"latency_ms\":" + latency.toMillis() + "}");
    }

    /** {@return how many calls of IndexFaces there were} */
    public long indexCalls() {
        return rekognition.calls("IndexFaces");
    }

    @Override
    public void close() {
        stores.close();
        rekognition.close();
    }
}
