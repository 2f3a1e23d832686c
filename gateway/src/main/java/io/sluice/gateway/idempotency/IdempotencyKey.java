package io.sluice.gateway.idempotency;

import io.micronaut.http.HttpHeaders;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.wire.NamedUuid;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The key that a caller gives to a call, so that sending the call again creates no second job (IETF
 * draft-ietf-httpapi-idempotency-key-header). The id of the job is computed from the key, so it is the same at every
 * gateway and at any time.
 *
 * @param principal the name of the {@link Principal} that sent the key; two callers may choose the same value
 * @param route the call that the key was sent with; the same value sent with another call is another key
 * @param value 1 to {@value #MAX} printable ASCII characters
 */
public record IdempotencyKey(String principal, String route, String value) {
    /** The request header with the key. */
    public static final String HEADER = "Idempotency-Key";

    /** The largest number of characters of a key. */
    public static final int MAX = 255;

    private static final UUID JOBS = NamedUuid.of(NamedUuid.SLUICE, "jobs");

    /**
     * {@return the key of a call, sent with or without the quotes of the draft; empty when the call has no key}
     *
     * @throws ProblemException when the header is not a valid key
     */
    public static Optional<IdempotencyKey> of(Principal principal, HttpHeaders headers, String route) {
        var sent = headers.getAll(HEADER);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        if (sent.size() > 1) {
            throw refused("must be sent once, was sent " + sent.size() + " times");
        }
        return Optional.of(new IdempotencyKey(
                principal.id(), route, valid(unquoted(sent.getFirst().strip()))));
    }

    /** {@return the id of the call's job} */
    public String jobId() {
        return uuid().toString();
    }

    /** {@return the id of the job of one item of the call} */
    public String jobId(long item) {
        return NamedUuid.of(uuid(), String.valueOf(item)).toString();
    }

    private UUID uuid() {
        return NamedUuid.of(NamedUuid.of(NamedUuid.of(JOBS, principal), route), value);
    }

    /**
     * Removes the quotes and escapes of a structured-field string (RFC 9651, 3.3.3). A value without quotes stays as it
     * is.
     */
    private static String unquoted(String sent) {
        if (!sent.startsWith("\"")) {
            return sent;
        }
        if (sent.length() < 2 || !sent.endsWith("\"")) {
            throw refused("must end with the quote it begins with");
        }
        return sent.substring(1, sent.length() - 1).replaceAll("\\\\([\\\\\"])", "$1");
    }

    private static String valid(String value) {
        if (value.isBlank() || value.length() > MAX) {
            throw refused("must have 1 to " + MAX + " characters, has " + value.length());
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw refused("must be printable ASCII");
        }
        return value;
    }

    private static ProblemException refused(String message) {
        return new ProblemException(Problem.of(GatewayProblem.IDEMPOTENCY_KEY_INVALID, HEADER + " " + message)
                .withErrors(List.of(new FieldError(HEADER, message))));
    }
}
