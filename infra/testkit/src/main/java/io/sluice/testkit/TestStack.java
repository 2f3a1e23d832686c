package io.sluice.testkit;

import io.sluice.stack.LocalBroker;
import io.sluice.stack.LocalObjectStore;
import io.sluice.stack.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The servers that tests share. The first user of a server starts it, on a free port and with a temporary folder; it
 * stops when the JVM ends. Tests use different prefixes, databases, buckets and collections, so they do not disturb each other.
 */
public final class TestStack {
    /** Lets a test detect a crash soon: by default, a broker accepts no session timeout below 6 s. */
    private static final Map<String, String> BROKER = Map.of("group.min.session.timeout.ms", "1000");

    private static final Shared<TestKafka> KAFKA =
            new Shared<>("kafka", dir -> new TestKafka(LocalBroker.start(dir, BROKER)));
    private static final Shared<TestPostgres> POSTGRES =
            new Shared<>("postgres", dir -> new TestPostgres(LocalPostgres.start(dir)));
    private static final Shared<LocalObjectStore> S3 = new Shared<>("s3", LocalObjectStore::start);
    private static final Shared<TestRekognition> REKOGNITION = new Shared<>("rekognition", TestRekognition::start);

    private TestStack() {}

    /** {@return the shared broker} */
    public static TestKafka kafka() {
        return KAFKA.get();
    }

    /** {@return an empty database of the shared Postgres, another one at every call} */
    public static TestPostgres.Database postgres() {
        return POSTGRES.get().freshDatabase();
    }

    /** {@return the shared object store} */
    public static LocalObjectStore s3() {
        return S3.get();
    }

    /** {@return the shared Rekognition stand-in} */
    public static TestRekognition rekognition() {
        return REKOGNITION.get();
    }

    /** {@return a new temporary folder, left to the system to clean up} */
    public static Path newFolder(String name) {
        try {
            return Files.createTempDirectory("sluice-test-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
