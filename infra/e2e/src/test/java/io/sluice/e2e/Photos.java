package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.bench.load.DistinctJpegs;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.photo.Photo;
import io.sluice.client.photo.UploadedPhoto;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stack.LocalObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Makes photos to upload, and reads what became of them. */
final class Photos {
    private static final int PAGE = 200;
    private static final int SIDE = 64;
    private static final byte NO_SUCH_FILTER = 9;
    private static final Pattern KEY =
            Pattern.compile("photos/[^/]+/[0-9a-f]{64}-[0-9a-f-]{36}(\\.(preview|thumbnail)-[0-9a-f]{16})?");
    private static final DistinctJpegs JPEGS = DistinctJpegs.draw(4, 640, 480);

    private Photos() {}

    /** {@return a small photo without camera data, another one for each number} */
    static FileInMemory plain(int number) {
        return new FileInMemory("plain-" + number + ".jpg", "image/jpeg", JPEGS.file(number));
    }

    static FileInMemory drawn(SamplePhoto photo) {
        return new FileInMemory(photo.fileName(), "image/jpeg", photo.jpeg());
    }

    /** {@return a PNG whose container is whole, and whose pixels no decoder reads: one row has an unknown filter} */
    static FileInMemory undecodable() {
        var rows = new byte[SIDE * (1 + 3 * SIDE)];
        rows[SIDE / 2 * (1 + 3 * SIDE)] = NO_SUCH_FILTER;
        var png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        var head = new byte[13];
        ByteBuffer.wrap(head).putInt(SIDE).putInt(SIDE).put(new byte[] {8, 2, 0, 0, 0});
        chunk(png, "IHDR", head);
        chunk(png, "IDAT", deflated(rows));
        chunk(png, "IEND", new byte[0]);
        return new FileInMemory("undecodable.png", "image/png", png.toByteArray());
    }

    private static byte[] deflated(byte[] bytes) {
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return deflated.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        var chunk = new byte[Integer.BYTES + data.length];
        ByteBuffer.wrap(chunk).put(type.getBytes(US_ASCII)).put(data);
        var check = new CRC32();
        check.update(chunk);
        var whole = new byte[Integer.BYTES + chunk.length + Integer.BYTES];
        ByteBuffer.wrap(whole).putInt(data.length).put(chunk).putInt((int) check.getValue());
        png.writeBytes(whole);
    }

    /** Uploads one photo. {@return its id} */
    static String upload(SluiceClient sluice, FileInMemory file) throws IOException {
        return queued(sluice.photos().upload(List.of(file)).orElseThrow().getFirst())
                .photoId();
    }

    /** {@return the answer, which must be that the photo is queued} */
    static UploadedPhoto.Queued queued(UploadedPhoto answer) {
        if (answer instanceof UploadedPhoto.Queued queued) {
            return queued;
        }
        throw new AssertionError("not queued: " + answer);
    }

    /** {@return the whole gallery of the caller} */
    static List<Photo> gallery(SluiceClient sluice) throws IOException {
        var photos = new ArrayList<Photo>();
        var next = "";
        do {
            var page = sluice.photos().mine(next, PAGE).orElseThrow();
            photos.addAll(page.photos());
            next = page.next();
        } while (!next.isEmpty());
        return photos;
    }

    /** {@return whether the row of the photo has what was made of it} */
    static boolean isPrepared(String jdbcUrl, String photoId) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
                var statement = connection.prepareStatement(
                        "SELECT 1 FROM photos WHERE photo_id = ? AND prepared_version = version")) {
            statement.setString(1, photoId);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** {@return the keys of the objects that were made of a file} */
    static Set<String> objects(Path s3, FileInMemory file) throws IOException {
        var sha256 = Sha256.of(file.bytes());
        return objects(s3).stream().filter(key -> key.contains(sha256)).collect(Collectors.toSet());
    }

    /**
     * Returns the keys of all objects of photos in a local object store over this folder. The store writes an object under
     * another name first, and leaves that file behind when it is killed.
     */
    static Set<String> objects(Path s3) throws IOException {
        var bucket = s3.resolve(LocalObjectStore.BUCKET);
        var photos = bucket.resolve("photos");
        if (!Files.exists(photos)) {
            return Set.of();
        }
        try (var files = Files.walk(photos)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .filter(KEY.asMatchPredicate())
                    .collect(Collectors.toSet());
        }
    }
}
