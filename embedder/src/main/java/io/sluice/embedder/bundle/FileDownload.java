package io.sluice.embedder.bundle;

import io.sluice.embedder.bundle.BundleLock.Locked;
import io.sluice.embedder.bundle.BundleLock.Vouched;
import io.sluice.embedder.bundle.Catalog.Source;
import io.sluice.schemas.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Downloads one file. The bytes that have arrived are in a {@code .part} file beside the target, where a later attempt
 * continues. The target file exists only when it is complete and its hash was checked.
 */
final class FileDownload {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    /** The download fails after this many attempts in a row that bring no new byte. */
    private static final int MAX_FRUITLESS = 3;

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int BEYOND_THE_END = 416;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+)");

    private final HttpClient http;
    private final Source source;
    private final Path target;
    private final Path part;
    private final BundleDownload.Progress progress;
    private Optional<String> announced = Optional.empty();
    /** The version (ETag) of the file whose beginning this process has received. */
    private Optional<String> version = Optional.empty();

    private boolean resumed;

    FileDownload(HttpClient http, Source source, Path target, BundleDownload.Progress progress) {
        this.http = http;
        this.source = source;
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.progress = progress;
    }

    /** The host's answer shows that another attempt would not help. */
    private static final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }
    }

    /** Downloads the missing bytes of the file, checks its hash, and moves it to the target. */
    Locked fetch() throws InterruptedException {
        if (source.sha256().isEmpty() && Files.exists(part)) {
            // without a hash, nothing shows whether the rest is of the same version
            onDisk(() -> Files.delete(part));
        }
        receiveAll();
        var sha256 = FileHash.of(part);
        if (resumed && !isRight(sha256)) {
            // the beginning was of another file, or of another version of it
            onDisk(() -> Files.delete(part));
            receiveAll();
            sha256 = FileHash.of(part);
        }
        if (!isRight(sha256)) {
            onDisk(() -> Files.delete(part));
            throw new UnusableModelException(
                    "%s sent another %s than %s (its sha256 is %s, not %s): the file was deleted; try again later, or name another source in EMBEDDER_CATALOG"
                            .formatted(
                                    host(),
                                    source.path(),
                                    voucher(),
                                    sha256,
                                    expected().orElse("")));
        }
        onDisk(() -> Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        return new Locked(sha256, size(target), source.url().toString(), vouched());
    }

    private Optional<String> expected() {
        return source.sha256().or(() -> announced);
    }

    private boolean isRight(String sha256) {
        return expected().map(sha256::equals).orElse(true);
    }

    private Vouched vouched() {
        return source.sha256().isPresent() ? Vouched.CATALOG : announced.isPresent() ? Vouched.HOST : Vouched.NOBODY;
    }

    private String voucher() {
        return source.sha256().isPresent() ? "the catalog names" : "it announced";
    }

    private String host() {
        return String.valueOf(source.url().getHost());
    }

    private void receiveAll() throws InterruptedException {
        onDisk(() -> Files.createDirectories(target.getParent()));
        var furthest = size(part);
        for (int fruitless = 0; ; ) {
            var before = size(part);
            try {
                receive(before);
                return;
            } catch (RefusedException e) {
                throw new UnusableModelException(
                        "%s does not deliver %s: %s; name another source in EMBEDDER_CATALOG, or copy the model's folder from another machine"
                                .formatted(host(), source.url(), e.getMessage()),
                        e);
            } catch (IOException e) {
                fruitless = size(part) > furthest ? 0 : fruitless + 1;
                furthest = Math.max(furthest, size(part));
                if (fruitless == MAX_FRUITLESS) {
                    throw new UnusableModelException(
                            "%s does not answer (%s): run this again to go on when the network is back, or copy the model's folder from another machine to %s"
                                    .formatted(host(), e, folder()),
                            e);
                }
            }
        }
    }

    /** {@return the folder of the model; the file may be in a folder inside it} */
    private Path folder() {
        var folder = target;
        for (var _ : Path.of(source.path())) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder;
    }

    private void receive(long have) throws IOException, RefusedException, InterruptedException {
        var request = HttpRequest.newBuilder(source.url()).timeout(ANSWER_WITHIN);
        if (have > 0) {
            resumed = true;
            request.header("Range", "bytes=" + have + "-");
        }
        var response = http.send(request.build(), BodyHandlers.ofInputStream());
        announced = announced(response);
        var sent = response.headers().firstValue("ETag").or(() -> announced);
        if (have > 0
                && source.sha256().isEmpty()
                && response.statusCode() != OK
                && (sent.isEmpty() || !sent.equals(version))) {
            response.body().close();
            startOver("the host does not confirm that the rest is of the same version");
        }
        if (response.statusCode() == OK || response.statusCode() == PARTIAL) {
            version = sent;
        }
        try (var body = response.body()) {
            var range =
                    RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
            switch (response.statusCode()) {
                case OK -> {
                    append(
                            body,
                            0,
                            response.headers()
                                    .firstValueAsLong("Content-Length")
                                    .orElse(0));
                }
                case PARTIAL -> {
                    if (!range.matches() || !String.valueOf(have).equals(range.group(1))) {
                        startOver("the answer continues at another position");
                    }
                    append(body, have, Long.parseLong(range.group(2)));
                }
                case BEYOND_THE_END -> {
                    if (!range.matches() || Long.parseLong(range.group(2)) != have) {
                        startOver("the partial file is longer than the file");
                    }
                }
                case TOO_MANY, UNAVAILABLE -> throw new IOException("it answers " + response.statusCode());
                default -> throw new RefusedException("it answers " + response.statusCode());
            }
        }
    }

    private void startOver(String why) throws IOException {
        onDisk(() -> Files.deleteIfExists(part));
        throw new IOException(why);
    }

    /** {@return the hash of the file that the host announces, in its last answer or in an earlier redirect} */
    private static Optional<String> announced(HttpResponse<?> response) {
        return response.headers()
                .firstValue("X-Linked-ETag")
                .map(tag -> tag.replace("\"", ""))
                .filter(Sha256::isOne)
                .or(() -> response.previousResponse().flatMap(FileDownload::announced));
    }

    private void append(InputStream body, long from, long total) throws IOException, InterruptedException {
        var whole = total > 0 ? total : source.size().orElse(0);
        var mode = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (var in = new PatientReader(body, ANSWER_WITHIN);
                var out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            var done = from;
            for (var chunk = in.next(); chunk.length > 0; chunk = in.next()) {
                var bytes = chunk;
                onDisk(() -> out.write(bytes));
                done += bytes.length;
                progress.at(source.path(), done, whole);
            }
        }
    }

    private long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw JsonFile.unreadable(file, e);
        }
    }

    private interface DiskWork {
        void run() throws IOException;
    }

    private void onDisk(DiskWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UnusableModelException(
                    "%s cannot be written (%s): make room, or set EMBEDDER_MODELS_DIR to another folder"
                            .formatted(target, e.getMessage()),
                    e);
        }
    }
}
