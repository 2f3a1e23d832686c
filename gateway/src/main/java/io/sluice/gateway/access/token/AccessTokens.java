package io.sluice.gateway.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.security.token.jwt.signature.secret.SecretSignature;
import io.micronaut.security.token.jwt.signature.secret.SecretSignatureConfiguration;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.accounts.User;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes and checks access tokens: JWTs of users, signed with HS256 and no other algorithm. A check says only that a
 * gateway made the token and that it has not expired.
 */
@Singleton
public final class AccessTokens {
    /** How long a token is valid. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String SLUICE = "sluice";
    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String GENERATION = "gen";

    private final SecretSignature signature;
    private final Clock clock;

    AccessTokens(JwtConfig config, Clock clock) {
        var settings = new SecretSignatureConfiguration(SLUICE);
        settings.setSecret(Objects.requireNonNull(config.secret()));
        settings.setJwsAlgorithm(JWSAlgorithm.HS256);
        this.signature = new SecretSignature(settings);
        this.clock = clock;
    }

    /**
     * The content of a token.
     *
     * @param generation the {@link User#tokenGeneration} of the user when the token was made
     */
    record Claims(UUID userId, String username, Role role, int generation) {}

    /** {@return a new token of the user} */
    public String issue(User user) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(SLUICE)
                .audience(SLUICE)
                .subject(user.id().toString())
                .claim(NAME, user.username())
                .claim(ROLE, user.role().title())
                .claim(GENERATION, user.tokenGeneration())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        try {
            return signature.sign(claims).serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the secret was checked at start", e);
        }
    }

    /** {@return the content of the token; empty unless a gateway made it and it has not expired} */
    Optional<Claims> check(String token) {
        try {
            var jwt = SignedJWT.parse(token); // refuses a JWT without a signature
            return JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) && signature.verify(jwt)
                    ? claims(jwt.getJWTClaimsSet())
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private Optional<Claims> claims(JWTClaimsSet claims) throws ParseException {
        var expires = claims.getExpirationTime();
        var generation = claims.getIntegerClaim(GENERATION);
        var role = Optional.ofNullable(claims.getStringClaim(ROLE)).flatMap(Role::named);
        var name = claims.getStringClaim(NAME);
        var id = id(claims.getSubject());
        var isOurs = SLUICE.equals(claims.getIssuer()) && List.of(SLUICE).equals(claims.getAudience());
        var isComplete = id.isPresent() && role.isPresent() && name != null && generation != null;
        return isOurs && isComplete && expires != null && clock.instant().isBefore(expires.toInstant())
                ? Optional.of(new Claims(id.get(), name, role.get(), generation))
                : Optional.empty();
    }

    private static Optional<UUID> id(String subject) {
        try {
            return Optional.ofNullable(subject).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
