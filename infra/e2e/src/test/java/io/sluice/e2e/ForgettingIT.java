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
import io.sluice.local.process.SluiceProcess;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.wire.Headers;
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
 * A user is erased, and everything is read for what was planted in its name: tables, objects, topics. Then the topics are
 * read again from the beginning.
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

    private final List<SluiceProcess> readers = new ArrayList<>();
    private Path s3;
    private Stores stores;
    private Services services;
    private SluiceClient admin;

    @BeforeAll
    void start(@TempDir Path folder) {
        stores = new Stores(folder.resolve("stores"));
        s3 = folder.resolve("stores/s3");
        services = new Services(folder.resolve("services"), stores.environment());
        startReaders();
        services.startGateway();
        admin = services.client();
    }

    @AfterAll
    void stop() {
        admin.close();
        services.close();
        stores.close();
    }

    @Test
    void nothingOfAnErasedUserIsLeftAndAReplayBringsNothingBack() throws Exception {
        var kept = Photos.upload(admin, Photos.plain(1));
        var owner = plant();
        assertThat(tablesWith(FILE)).contains("public.photos");
        assertThat(planted(topics())).contains("photos.v1", "prepared-photos.v1");

        var erasure = admin.users().delete(NAME).orElseThrow();

        patiently().until(() -> admin.jobs().find(erasure).orElseThrow().hasEnded());
        var receipt = admin.jobs().find(erasure).orElseThrow();
        assertThat(receipt.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(receipt.count("photos")).isEqualTo(5);
        assertThat(receipt.stages().stream().map(JobState.Stage::name))
                .contains("account-erased", "photos-erased", "erased")
                .doesNotContain(NAME);
        assertThat(receipt.toString()).doesNotContain(FILE);
        assertThatNothingIsLeft(owner, kept);

        replay(); // with the records of the user
        assertThatNothingIsLeft(owner, kept);

        compact();
        patiently().untilAsserted(() -> assertThat(planted(topics())).isEmpty());

        replay();
        assertThatNothingIsLeft(owner, kept);
        assertThat(planted(topics())).isEmpty();
    }

    private void startReaders() {
        readers.add(services.startEmbedder());
        readers.add(services.startIndexer());
    }

    /** Uploads photos as a new user. {@return the id of the user} */
    private String plant() throws IOException {
        var login = new Login(NAME, PASSWORD);
        assertThat(admin.users().add(login, "user").isSuccess()).isTrue();
        try (var signIn = new SignIn(services.gateway(), Clock.systemUTC());
                var user = new SluiceClient(
                        services.gateway(),
                        Credentials.of(signIn.login(login).orElseThrow().accessToken()))) {
            var files = new ArrayList<FileInMemory>();
            for (var i = 0; i < 5; i++) {
                files.add(new FileInMemory(
                        FILE + "-" + i + ".jpg",
                        "image/jpeg",
                        Photos.plain(10 + i).bytes()));
            }
            assertThat(user.photos().upload(files).orElseThrow()).allSatisfy(Photos::queued);
            patiently()
                    .until(() -> Photos.gallery(user).stream()
                                    .filter(photo -> photo.status().isPrepared())
                                    .count()
                            == 5);
            return Photos.gallery(user).stream().map(Photo::owner).findFirst().orElseThrow();
        }
    }

    private void assertThatNothingIsLeft(String owner, String kept) throws Exception {
        assertThat(Photos.isPrepared(stores.jdbcUrl(), kept))
                .as("photos of others")
                .isTrue();
        assertThat(tablesWith(NAME)).isEmpty();
        assertThat(tablesWith(FILE)).isEmpty();
        assertThat(tablesWith(owner))
                .as("its id, a random number, so that nothing comes back")
                .isSubsetOf("access.erased_owners", "access.erasures", "access.rate_limits", "public.face_enrolments");
        try (var files = Files.walk(s3)) {
            assertThat(files.filter(Files::isRegularFile).map(Path::toString)).noneMatch(file -> file.contains(owner));
        }
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

    /** {@return those of these topics that have a record with what was planted} */
    private List<String> planted(List<String> names) throws InterruptedException, ExecutionException {
        var found = new ArrayList<String>();
        try (var topics = new KafkaTopics(stores.kafka())) {
            for (var name : names) {
                var isFound = topics.read(name).stream()
                        .flatMap(record -> Stream.of(record.key(), record.value()))
                        .filter(bytes -> bytes != null)
                        .map(bytes -> new String(bytes, UTF_8))
                        .anyMatch(text -> text.contains(NAME) || text.contains(FILE));
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
            for (var group : List.of(Topics.PHOTO_PREPARER, Topics.PHOTO_INDEXER, Topics.PREPARED_PHOTO_INDEXER)) {
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
        }
        startReaders();
        patiently()
                .until(() -> admin.pipelines().list().orElseThrow().stream()
                        .filter(pipeline -> pipeline.name().contains("photo"))
                        .allMatch(pipeline -> pipeline.lag() == 0));
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }
}
