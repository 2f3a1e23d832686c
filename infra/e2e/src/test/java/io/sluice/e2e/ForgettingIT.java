package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Login;
import io.sluice.client.accounts.SignIn;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.jobs.JobState;
import io.sluice.client.photo.Photo;
import io.sluice.client.photo.PhotoStatus;
import io.sluice.local.process.SluiceProcess;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.samplephotos.SamplePhotos;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.Headers;
import io.sluice.schemas.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user with photos and a selfie is erased, and everything is read for what was planted in its name: tables, objects, the
 * stand-in for Rekognition, topics. Then the topics are read again from the beginning.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgettingIT {
    private static final String NAME = "planted-name";
    private static final String FILE = "planted-file";
    private static final String PASSWORD = "a long password";

    private static final List<Header> VERSION = List.of(new RecordHeader(Headers.ENTITY_VERSION, "1".getBytes(UTF_8)));

    /** What replaced records may be compacted away. */
    private static final List<Topic<?>> COMPACTED =
            List.of(Topics.PHOTOS, Topics.PREPARED_PHOTOS, Topics.PHOTO_FACES, Topics.FACE_ENROLMENTS);

    /** The topic that each consumer group of photos and faces reads. */
    private static final Map<String, Topic<?>> GROUPS = Map.of(
            Topics.PHOTO_PREPARER, Topics.PHOTOS,
            Topics.PHOTO_INDEXER, Topics.PHOTOS,
            Topics.PREPARED_PHOTO_INDEXER, Topics.PREPARED_PHOTOS,
            Topics.REKOGNIZER, Topics.PREPARED_PHOTOS,
            Topics.FACE_INDEXER, Topics.PHOTO_FACES,
            Topics.FACE_ENROLLER, Topics.FACE_ENROLMENTS);

    private static final int PLANTED = 5;
    private static final SamplePhotos SAMPLES = SamplePhotos.of(2, PLANTED + 3, 4711);

    /** Of the admin. The last photo of the planted user is a photo of the admin too. */
    private static final List<SamplePhoto> KEPT = SAMPLES.photos().subList(PLANTED - 1, PLANTED + 3);

    private final List<SluiceProcess> readers = new ArrayList<>();
    private Path s3;
    private Stores stores;
    private Services services;
    private FaceCollection collection;
    private SluiceClient admin;

    @BeforeAll
    void start(@TempDir Path folder) {
        stores = new Stores(folder.resolve("stores"));
        s3 = folder.resolve("stores/s3");
        collection = new FaceCollection(stores.startFaces());
        services = new Services(folder.resolve("services"), stores.environment());
        startReaders();
        services.startGateway();
        admin = services.client();
    }

    @AfterAll
    void stop() {
        admin.close();
        services.close();
        collection.close();
        stores.close();
    }

    /**
     * What was planted.
     *
     * @param owner the id of the user
     * @param values what must be nowhere when the user is erased: names, hashes of pictures, ids of faces
     */
    private record Planted(String owner, Set<String> values) {}

    @Test
    void nothingOfAnErasedUserIsLeftAndAReplayBringsNothingBack() throws Exception {
        upload(admin, "kept-", KEPT);
        enroll(admin, 1);
        patiently().until(() -> admin.faces().find().orElseThrow().photos() == photosOf(1));
        var kept = collection.faces();
        var user = plant(kept);
        assertThat(tablesWith(FILE)).contains("public.photos");
        assertThat(tablesWith(user.owner()))
                .contains("public.photos", "public.face_enrolments", "public.face_matches", "public.face_references");
        assertThat(planted(user)).contains("photos.v1", "prepared-photos.v1", "photo-faces.v1", "face-enrolments.v1");

        var erasure = admin.users().delete(NAME).orElseThrow();

        patiently().until(() -> admin.jobs().find(erasure).orElseThrow().hasEnded());
        var receipt = admin.jobs().find(erasure).orElseThrow();
        assertThat(receipt.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(receipt.count("photos")).isEqualTo(PLANTED);
        assertThat(receipt.count("selfies")).isEqualTo(1);
        assertThat(receipt.stages().stream().map(JobState.Stage::name))
                .contains("account-erased", "photos-erased", "face-erased", "erased")
                .doesNotContain(NAME);
        user.values().forEach(value -> assertThat(receipt.toString()).doesNotContain(value));
        assertThatNothingIsLeft(user, kept);

        replay(); // with the records of the user
        assertThatNothingIsLeft(user, kept);

        compact();
        patiently().untilAsserted(() -> assertThat(planted(user)).isEmpty());

        replay();
        assertThatNothingIsLeft(user, kept);
        assertThat(planted(user)).isEmpty();
    }

    private void startReaders() {
        readers.add(services.startEmbedder());
        readers.add(services.startRekognizer());
        readers.add(services.startIndexer());
    }

    /** Enrolls a new user and uploads its photos. {@return what was planted} */
    private Planted plant(Map<String, String> kept) throws IOException {
        var login = new Login(NAME, PASSWORD);
        assertThat(admin.users().add(login, "user").isSuccess()).isTrue();
        try (var signIn = new SignIn(services.gateway(), Clock.systemUTC());
                var user = new SluiceClient(
                        services.gateway(),
                        Credentials.of(signIn.login(login).orElseThrow().accessToken()))) {
            var photos = SAMPLES.photos().subList(0, PLANTED);
            enroll(user, 0);
            upload(user, FILE, photos);
            var values = new TreeSet<>(List.of(NAME, FILE, Sha256.of(selfie(0).bytes())));
            photos.stream()
                    .filter(photo -> !KEPT.contains(photo))
                    .forEach(photo -> values.add(Sha256.of(photo.jpeg())));
            var faces = new HashMap<>(collection.faces());
            faces.keySet().removeAll(kept.keySet());
            assertThat(faces).as("the faces of the user").hasSizeGreaterThanOrEqualTo(PLANTED - 1);
            values.addAll(faces.keySet());
            values.addAll(faces.values());
            var owner = Photos.gallery(user).stream()
                    .filter(photo -> photo.fileName().startsWith(FILE))
                    .map(Photo::owner)
                    .findFirst();
            return new Planted(owner.orElseThrow(), values);
        }
    }

    /** Uploads photos, and waits until their faces are known. */
    private static void upload(SluiceClient user, String prefix, List<SamplePhoto> photos) throws IOException {
        var files = photos.stream()
                .map(photo -> new FileInMemory(prefix + photo.fileName(), "image/jpeg", photo.jpeg()))
                .toList();
        assertThat(user.photos().upload(files).orElseThrow()).allSatisfy(Photos::queued);
        patiently().until(() -> recognized(user, prefix) == photos.size());
    }

    private static long recognized(SluiceClient user, String prefix) throws IOException {
        return Photos.gallery(user).stream()
                .filter(photo -> photo.fileName().startsWith(prefix) && photo.status() == PhotoStatus.RECOGNIZED)
                .count();
    }

    private static FileInMemory selfie(int person) {
        return new FileInMemory(
                "selfie.jpg", "image/jpeg", SAMPLES.selfies().get(person).jpeg());
    }

    private static void enroll(SluiceClient user, int person) throws IOException {
        var job = user.faces().enroll(selfie(person), true).orElseThrow();
        patiently().until(() -> user.jobs().find(job).orElseThrow().status() == JobStatus.SUCCEEDED);
    }

    private static long photosOf(int person) {
        return KEPT.stream()
                .filter(photo -> photo.people().contains(SAMPLES.people().get(person)))
                .count();
    }

    /** The readers may still be at work after a replay. */
    private void assertThatNothingIsLeft(Planted user, Map<String, String> kept) {
        patiently().untilAsserted(() -> {
            for (var value : user.values()) {
                assertThat(tablesWith(value)).as(value).isEmpty();
            }
            assertThat(tablesWith(user.owner()))
                    .as("its id, a random number, so that nothing comes back")
                    .isSubsetOf(
                            "access.erased_owners",
                            "access.erasures",
                            "access.rate_limits",
                            "public.face_enrolments",
                            "public.face_references");
            try (var files = Files.walk(s3)) {
                assertThat(files.filter(Files::isRegularFile).map(Path::toString))
                        .noneMatch(file -> file.contains(user.owner()));
            }
            assertThat(collection.faces()).as("faces of others").isEqualTo(kept);
            assertThat(recognized(admin, "kept-")).as("photos of others").isEqualTo(KEPT.size());
            assertThat(admin.faces().find().orElseThrow().photos())
                    .as("matches of others")
                    .isEqualTo(photosOf(1));
        });
    }

    /** {@return the tables with a row that contains the text} */
    private List<String> tablesWith(String text) throws SQLException {
        var found = new TreeSet<String>();
        try (var connection = DriverManager.getConnection(stores.jdbcUrl(), "postgres", "");
                var tables = connection.createStatement();
                var names = tables.executeQuery("""
                        SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
                        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')""")) {
            while (names.next()) {
                var table = names.getString(1);
                try (var query = connection.prepareStatement(
                        "SELECT 1 FROM " + table + " AS t WHERE strpos(t::text, ?) > 0 LIMIT 1")) {
                    query.setString(1, text);
                    try (var rows = query.executeQuery()) {
                        if (rows.next()) {
                            found.add(table);
                        }
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private List<String> topics() throws InterruptedException, ExecutionException {
        try (var kafka = Admin.create(Map.of("bootstrap.servers", stores.kafka()))) {
            return List.copyOf(kafka.listTopics().names().get());
        }
    }

    /** {@return the topics that have a record with what was planted} */
    private List<String> planted(Planted user) throws InterruptedException, ExecutionException {
        var found = new ArrayList<String>();
        try (var topics = new KafkaTopics(stores.kafka())) {
            for (var name : topics()) {
                var isFound = topics.read(name).stream()
                        .flatMap(record -> Stream.of(record.key(), record.value()))
                        .filter(bytes -> bytes != null)
                        .map(bytes -> new String(bytes, UTF_8))
                        .anyMatch(text -> user.values().stream().anyMatch(text::contains));
                if (isFound) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    /** Lets the broker do at once what it does within two days. A segment is closed when the next record is written. */
    private void compact() throws InterruptedException, ExecutionException {
        try (var kafka = Admin.create(Map.of("bootstrap.servers", stores.kafka()));
                var topics = new KafkaTopics(stores.kafka())) {
            var settings = Map.of(
                            "min.compaction.lag.ms", "0",
                            "max.compaction.lag.ms", "1",
                            "segment.ms", "100",
                            "min.cleanable.dirty.ratio", "0.0")
                    .entrySet()
                    .stream()
                    .map(setting ->
                            new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()), OpType.SET))
                    .toList();
            for (var topic : COMPACTED) {
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                kafka.incrementalAlterConfigs(Map.of(resource, settings)).all().get();
                for (var partition = 0; partition < topics.partitions(topic.name()); partition++) {
                    topics.send(new ProducerRecord<>(topic.name(), partition, "nobody".getBytes(UTF_8), null, VERSION));
                }
            }
        }
    }

    /** Stops the readers, sets all of their groups back to the beginning, and waits until they have read everything. */
    private void replay() throws Exception {
        readers.forEach(SluiceProcess::terminate);
        readers.forEach(SluiceProcess::close);
        readers.clear();
        try (var kafka = Admin.create(Map.of("bootstrap.servers", stores.kafka()))) {
            for (var group : GROUPS.keySet()) {
                var committed = kafka.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get();
                var beginnings = new HashMap<TopicPartition, OffsetAndMetadata>();
                committed.keySet().forEach(partition -> beginnings.put(partition, new OffsetAndMetadata(0)));
                patiently().ignoreExceptions().until(() -> {
                    kafka.alterConsumerGroupOffsets(group, beginnings).all().get();
                    return true;
                });
            }
            startReaders();
            var groups = new ConsumerGroups(kafka, Duration.ofSeconds(10));
            for (var group : GROUPS.entrySet()) {
                var topic = group.getValue().name();
                patiently().until(() -> groups.hasRead(group.getKey(), groups.ends(topic)));
            }
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }
}
