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
 * What a caller names a call by, so that sending it again is the same call (IETF draft-ietf-httpapi-idempotency-key-header).
 * It names a job, the same at every gateway and for ever.
 *
 * @param principal the name of the {@link Principal} whose key it is: two may choose the same
 * @param route the call it was sent with: a key is good for one
 * @param value 1 to {@value #MAX} printable ASCII characters
 */
public record IdempotencyKey(String principal, String route, String value) {
    /** The header it comes in. */
    public static final String HEADER = "Idempotency-Key";

    /** Most characters it has. */
    public static final int MAX = 255;

    private static final UUID JOBS = NamedUuid.of(NamedUuid.SLUICE, "jobs");

    /**
     * {@return the key of a call, bare or as the quoted string of the draft; empty when it has none}
     *
     * @throws ProblemException when it is not a key
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
                principal.name(), route, valid(unquoted(sent.getFirst().strip()))));
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

    /** A string of structured fields (RFC 9651, 3.3.3); anything else is taken as it is. */
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
