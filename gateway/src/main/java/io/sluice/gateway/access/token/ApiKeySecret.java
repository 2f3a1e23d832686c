package io.sluice.gateway.access.token;

import io.sluice.stores.accounts.Secrets;
import java.util.regex.Pattern;

/** The secret of an API key, such as {@code sluice_…}: the prefix lets people and scanners recognize a leaked one. */
public final class ApiKeySecret {
    static final String PREFIX = "sluice_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{" + Secrets.LENGTH + "}");

    private ApiKeySecret() {}

    /** {@return the secret of a new key} */
    public static String next() {
        return PREFIX + Secrets.next();
    }

    /** {@return whether the text has the form of a secret} */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
