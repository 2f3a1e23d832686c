package io.sluice.cli.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A photo that can be uploaded.
 *
 * @param sha256 of its bytes, in hexadecimal
 */
record PhotoFile(FoundFile file, String sha256) {
    private static final int HEAD = 12;
    private static final int BUFFER = 1 << 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] JPEG = HEX.parseHex("ffd8ff");
    private static final byte[] PNG = HEX.parseHex("89504e470d0a1a0a");

    /** The brands of HEIF and AVIF, which the gateway refuses by name. */
    private static final Set<String> BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

    /** Reads a file. Empty when its first bytes are those of no picture. */
    static Optional<PhotoFile> read(FoundFile file) throws IOException {
        try (var in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            var head = in.readNBytes(HEAD);
            return isPicture(head) ? Optional.of(new PhotoFile(file, hash(head, in))) : Optional.empty();
        }
    }

    private static String hash(byte[] head, InputStream rest) throws IOException {
        var digest = newSha256();
        digest.update(head);
        var buffer = new byte[BUFFER];
        for (var count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
            digest.update(buffer, 0, count);
        }
        return HEX.formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    private static boolean isPicture(byte[] head) {
        return startsWith(head, JPEG)
                || startsWith(head, PNG)
                || text(head, 0, 4).equals("GIF8")
                || (text(head, 0, 4).equals("RIFF") && text(head, 8, 12).equals("WEBP"))
                || (text(head, 4, 8).equals("ftyp") && BRANDS.contains(text(head, 8, 12)));
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    private static String text(byte[] head, int from, int to) {
        return head.length < to ? "" : new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
