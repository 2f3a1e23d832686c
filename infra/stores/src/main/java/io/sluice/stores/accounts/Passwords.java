package io.sluice.stores.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import java.security.SecureRandom;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id. A hash names its parameters and its salt, so that a later version can choose others.
 * A hash takes 19 MiB of memory and some 70 ms of one core; the parameters are those of the OWASP Password Storage
 * Cheat Sheet.
 */
public final class Passwords {
    /** The name of the field in requests. */
    public static final String FIELD = "password";

    /** The smallest number of characters. */
    public static final int MIN = 8;

    /** The largest number of characters. */
    public static final int MAX = 128;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    private final SecureRandom random = new SecureRandom();
    private final String nobodys = hash(Secrets.next());

    /**
     * {@return the password, if a user may have it}
     *
     * @throws InvalidEventException when it is too short or too long
     */
    public static String checked(@Nullable String password) {
        var present = Checks.required(FIELD, password);
        var length = present.codePointCount(0, present.length());
        if (length < MIN || length > MAX) {
            throw new InvalidEventException(FIELD, "must have %d to %d characters, has %d".formatted(MIN, MAX, length));
        }
        return present;
    }

    /** {@return the hash of the password, with a new salt} */
    public String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return argon2.hash(bytes(password), salt).getResult();
    }

    /**
     * {@return whether this is the hash of the password}
     *
     * @param hash null for a name that no user has: the call takes as long, so that its time does not reveal names
     */
    public boolean matches(String password, @Nullable String hash) {
        var compared = hash == null ? nobodys : hash;
        var equal = Argon2Function.getInstanceFromHash(compared).check(bytes(password), compared.getBytes(UTF_8));
        return equal && hash != null;
    }

    /** One text has several encodings in Unicode, and keyboards differ in which they send. */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(UTF_8);
    }
}
