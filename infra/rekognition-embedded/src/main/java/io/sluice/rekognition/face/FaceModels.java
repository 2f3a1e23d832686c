package io.sluice.rekognition.face;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the two networks that see real faces, as {@code ./sluice models pull faces} lays them down.
 *
 * @param id names the two files: faces that other files have described are not compared with those of these
 */
public record FaceModels(Path folder, String id) {
    private static final Logger log = LoggerFactory.getLogger(FaceModels.class);

    private static final String DETECTOR = "detector.onnx";
    private static final String RECOGNIZER = "recognizer.onnx";

    /** What a pull notes about its files. */
    private static final String LOCK = "sluice-bundle.json";

    private static final int ID_LENGTH = 12;

    /**
     * {@return the models in a folder; empty when it does not have both files, as before a pull or after one that broke off}
     *
     * @throws IOException when a file is not the one that was pulled; the message says what to do
     */
    public static Optional<FaceModels> in(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(DETECTOR)) || !Files.isRegularFile(folder.resolve(RECOGNIZER))) {
            if (Files.isDirectory(folder)) {
                log.atWarn()
                        .addKeyValue("folder", folder)
                        .log("the models of faces are not complete and are not used: run ./sluice models pull faces");
            }
            return Optional.empty();
        }
        var files = checked(folder.resolve(DETECTOR)) + checked(folder.resolve(RECOGNIZER));
        var id = FaceIds.hash("SHA-256", files.getBytes(US_ASCII)).substring(0, ID_LENGTH);
        return Optional.of(new FaceModels(folder.toAbsolutePath(), id));
    }

    /** {@return the network that finds faces} */
    Path detector() {
        return folder.resolve(DETECTOR);
    }

    /** {@return the network that describes a face} */
    Path recognizer() {
        return folder.resolve(RECOGNIZER);
    }

    /** {@return the file's hash} */
    private static String checked(Path file) throws IOException {
        var sha256 = sha256(file);
        var lock = file.resolveSibling(LOCK);
        if (Files.exists(lock)) {
            var pulled = new ObjectMapper()
                    .readTree(lock.toFile())
                    .path("files")
                    .path(file.getFileName().toString())
                    .path("sha256")
                    .asText(sha256);
            if (!pulled.equals(sha256)) {
                throw new IOException(
                        "%s is not the file that was pulled: run ./sluice models pull faces, or delete the folder to go on without it"
                                .formatted(file));
            }
        }
        return sha256;
    }

    private static String sha256(Path file) throws IOException {
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            Files.copy(file, out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
