package io.sluice.stack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this platform, unpacked from the class path.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresPrograms(Path home) {
    private static final Logger log = LoggerFactory.getLogger(PostgresPrograms.class);
    private static final int NAME_DIGITS = 16;
    private static final Set<PosixFilePermission> FOR_OTHERS_TO_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    /**
     * Unpacks the programs into a folder unless they are already there. Unpacking takes some seconds. Several processes
     * may share the folder. When a process was killed while it unpacked, its unfinished folder is removed.
     */
    static synchronized PostgresPrograms unpackedIn(Path folder) throws IOException {
        var home = Files.createDirectories(folder, FOLDER).toAbsolutePath().resolve("postgresql-" + digest());
        if (!Files.exists(home)) {
            try (var lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                if (!Files.exists(home)) {
                    var draft = home.resolveSibling("unpacking");
                    Folders.delete(draft);
                    unpack(draft);
                    Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        protect(folder);
        protect(home);
        return new PostgresPrograms(home);
    }

    /**
     * Takes the right to write from other users. An earlier version left it to the umask. Folders had the same rights as
     * the files in them, so a folder that is right is not searched.
     */
    private static void protect(Path folder) throws IOException {
        if (!isWritableByOthers(folder)) {
            return;
        }
        log.atWarn()
                .addKeyValue("folder", folder)
                .log("Other users could change PostgreSQL's programs; now they cannot");
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                var permissions = Files.getPosixFilePermissions(file);
                if (permissions.removeAll(FOR_OTHERS_TO_WRITE)) {
                    Files.setPosixFilePermissions(file, permissions);
                }
            }
        }
    }

    private static boolean isWritableByOthers(Path file) throws IOException {
        return !Collections.disjoint(Files.getPosixFilePermissions(file), FOR_OTHERS_TO_WRITE);
    }

    /** {@return the command line that runs one of the programs} */
    List<String> command(String program, String... arguments) {
        var words = new ArrayList<String>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root. In a user namespace it runs as the user nobody, and root still owns
            // its files.
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(home.resolve("bin").resolve(program).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    /** Makes the programs independent of the user's locale, which may be one that this system does not have. */
    static void useNoLocale(ProcessBuilder command) {
        command.environment().put("LC_ALL", "C");
    }

    /** {@return why PostgreSQL cannot run on this system, in one sentence; null when it can} */
    static @Nullable String obstacle() {
        return isRoot() && !hasUserNamespaces()
                ? "PostgreSQL refuses to run as root, and this system allows no user namespaces: run Sluice as a normal user"
                : null;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean hasUserNamespaces() {
        try {
            var probe = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static InputStream archive() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        var processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var name = "/postgres-%s-%s.txz".formatted(system, processor);
        var archive = PostgresPrograms.class.getResourceAsStream(name);
        if (archive == null) {
            throw new IOException(
                    "Sluice has no PostgreSQL for this system: %s is not on the class path".formatted(name));
        }
        return new BufferedInputStream(archive);
    }

    /** Returns a digest of the archive, for the folder's name. So another version of PostgreSQL gets another folder. */
    private static String digest() throws IOException {
        try (var archive = archive()) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (var read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive()))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file, FOLDER);
            return;
        }
        Files.createDirectories(file.getParent(), FOLDER);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        var isProgram = (entry.getMode() & 0111) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
