package io.sluice.gateway.access.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.access.token.AccessTokens.Claims;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.User;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final UUID ID = UUID.fromString("5e0c5e5e-0000-4000-8000-00000000000a");
    private static final User ANN = new User(ID, "ann", Role.PRODUCER, false, 3, NOW);
    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final String CLAIMS = """
            {"iss":"sluice","aud":"sluice","sub":"5e0c5e5e-0000-4000-8000-00000000000a","name":"ann",\
            "role":"producer","gen":3,"exp":1795780860}""";

    private final AccessTokens tokens = at(NOW);

    private static AccessTokens at(Instant now) {
        return new AccessTokens(new JwtConfig(SECRET), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void aTokenNamesItsUserForFifteenMinutes() {
        var token = tokens.issue(ANN);

        assertThat(tokens.check(token)).contains(new Claims(ID, "ann", Role.PRODUCER, 3));
        assertThat(at(NOW.plus(Duration.ofMinutes(15)).minusSeconds(1)).check(token))
                .isPresent();
        assertThat(at(NOW.plus(Duration.ofMinutes(15))).check(token)).isEmpty();
    }

    @Test
    void twoTokensOfOneMomentDiffer() {
        assertThat(tokens.issue(ANN)).isNotEqualTo(tokens.issue(ANN));
    }

    /** The tokens below are made by hand, so this shows that they fail only for what is wrong with them. */
    @Test
    void aTokenMadeByHandWithTheSecretIsValid() {
        assertThat(tokens.check(signed("HmacSHA256", SECRET, HEADER, CLAIMS)))
                .contains(new Claims(ID, "ann", Role.PRODUCER, 3));
    }

    @Test
    void aTokenOfAnotherKeyIsNotValid() {
        assertThat(tokens.check(signed("HmacSHA256", SECRET.replace('0', 'x'), HEADER, CLAIMS)))
                .isEmpty();
    }

    @Test
    void aTokenOfAnotherAlgorithmIsNotValid() {
        assertThat(tokens.check(signed("HmacSHA512", SECRET, "{\"alg\":\"HS512\"}", CLAIMS)))
                .isEmpty();
        assertThat(tokens.check(signed("HmacSHA256", SECRET, "{\"alg\":\"HS384\"}", CLAIMS)))
                .isEmpty();
        assertThat(tokens.check(signed("HmacSHA256", SECRET, "{\"alg\":\"RS256\"}", CLAIMS)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void aTokenWithoutASignatureIsNotValid(String none) {
        var unsigned = encoded("{\"alg\":\"" + none + "\"}") + "." + encoded(CLAIMS) + ".";

        assertThat(tokens.check(unsigned)).isEmpty();
        assertThat(tokens.check(unsigned + encoded("x"))).isEmpty();
        assertThat(tokens.check(signed("HmacSHA256", SECRET, "{\"alg\":\"" + none + "\"}", CLAIMS)))
                .isEmpty();
    }

    @Test
    void aChangedTokenIsNotValid() {
        var parts = tokens.issue(ANN).split("\\.", 3);
        var admin = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("producer", "admin");

        assertThat(tokens.check(parts[0] + "." + encoded(admin) + "." + parts[2]))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"iss\":\"sluice\"|\"iss\":\"other\"",
                "\"iss\":\"sluice\",|",
                "\"aud\":\"sluice\"|\"aud\":\"other\"",
                "\"aud\":\"sluice\"|\"aud\":[\"sluice\",\"other\"]",
                "\"aud\":\"sluice\",|",
                "\"sub\":\"5e0c|\"sub\":\"no uuid ",
                "\"name\":\"ann\",|",
                "\"role\":\"producer\"|\"role\":\"root\"",
                "\"role\":\"producer\"|\"role\":7",
                "\"gen\":3|\"gen\":\"3\"",
                "\"gen\":3,|",
                ",\"exp\":1795780860|",
                "1795780860|1795780799",
                "1795780860|\"soon\""
            })
    void aTokenWithAnotherClaimIsNotValid(String change) {
        var parts = change.split("\\|", -1);
        assertThat(CLAIMS).contains(parts[0]);

        var claims = CLAIMS.replace(parts[0], parts[1]);

        assertThat(tokens.check(signed("HmacSHA256", SECRET, HEADER, claims))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b", "a.b.c", "..", "a.b.c.d.e", "eyJhbGciOiJIUzI1NiJ9.e30."})
    void whatIsNoTokenIsNotValid(String text) {
        assertThat(tokens.check(text)).isEmpty();
    }

    @Test
    void aShortSecretStopsTheStart() {
        assertThatThrownBy(() -> new JwtConfig(SECRET.substring(1)))
                .hasMessageContaining("SLUICE_JWT_SECRET")
                .hasMessageNotContaining(SECRET.substring(1));
        assertThatThrownBy(() -> new JwtConfig(null)).hasMessageContaining("SLUICE_JWT_SECRET");
        assertThat(new JwtConfig(SECRET).toString()).doesNotContain(SECRET);
    }

    private static String signed(String algorithm, String secret, String header, String claims) {
        var content = encoded(header) + "." + encoded(claims);
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
            return content + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
