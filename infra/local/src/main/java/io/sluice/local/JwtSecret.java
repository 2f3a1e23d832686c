package io.sluice.local;

import io.sluice.stores.accounts.SecretFile;
import io.sluice.stores.accounts.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret that signs the access tokens of the local gateway, in a file of the data folder. */
final class JwtSecret {
    private static final String FILE = "jwt-secret";

    private JwtSecret() {}

    /** {@return whether the secret was generated before} */
    static boolean exists(Path dataDir) {
        return Files.exists(dataDir.resolve(FILE));
    }

    /** {@return the secret; the first call generates it} */
    static String of(Path dataDir) {
        var file = dataDir.resolve(FILE);
        try {
            if (!exists(dataDir)) {
                SecretFile.write(file, Secrets.next());
            }
            return SecretFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The secret in %s cannot be read or written".formatted(file), e);
        }
    }
}
