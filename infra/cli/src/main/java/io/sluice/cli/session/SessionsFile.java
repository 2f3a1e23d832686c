package io.sluice.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.client.accounts.Session;
import io.sluice.client.accounts.SessionStore;
import io.sluice.stores.accounts.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the session of one gateway in a file, which may have those of other gateways too. Only its owner can read the file.
 * A file that is damaged counts as empty. A lock beside it is held while a session is replaced, so that two processes do not
 * use one refresh token.
 */
public final class SessionsFile implements SessionStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A lock on a file holds for a whole process. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;
    private final String gateway;

    public SessionsFile(Path file, URI gateway) {
        this.file = file;
        this.gateway = key(gateway);
    }

    /** {@return the address in one spelling, for comparing} */
    static String key(URI gateway) {
        var text = gateway.toString().toLowerCase(Locale.ROOT);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public Optional<Session> read() throws IOException {
        return session(all().path(gateway));
    }

    @Override
    public Optional<Session> replace(Change change) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, ownersOnly);
        IN_THIS_PROCESS.lock();
        try (var lock = openLock();
                var _ = lock.lock()) {
            var kept = read();
            var next = change.from(kept);
            if (!next.equals(kept)) {
                write(next);
            }
            return next;
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private FileChannel openLock() throws IOException {
        var path = file.resolveSibling(file.getFileName() + ".lock");
        var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownersOnly);
    }

    private void write(Optional<Session> session) throws IOException {
        var all = all();
        if (session.isPresent()) {
            all.putObject(gateway)
                    .put("access_token", session.get().accessToken())
                    .put("refresh_token", session.get().refreshToken())
                    .put("expires_at", session.get().expiresAt().toString());
        } else {
            all.remove(gateway);
        }
        SecretFile.write(file, all.toPrettyString());
    }

    private ObjectNode all() throws IOException {
        try {
            return JSON.readTree(SecretFile.read(file)) instanceof ObjectNode all ? all : JSON.createObjectNode();
        } catch (NoSuchFileException | JsonProcessingException | CharacterCodingException e) {
            return JSON.createObjectNode();
        }
    }

    private static Optional<Session> session(JsonNode entry) {
        try {
            var access = entry.path("access_token").asText();
            var refresh = entry.path("refresh_token").asText();
            return access.isEmpty() || refresh.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Session(
                            access,
                            refresh,
                            Instant.parse(entry.path("expires_at").asText())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
