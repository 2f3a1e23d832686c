package io.sluice.gateway.admin.letters.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.sluice.gateway.admin.letters.LetterFields;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.Submission;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.FieldErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads what admins send about dead letters. A call without a body is like one with an empty object. */
@Singleton
public final class RedriveForms {
    private static final int DEFAULT_RATE = 100;
    private static final int MAX_RATE = 5_000;
    private static final int MAX_REASON = 1_000;
    private static final FormLimits SMALL = FormLimits.ofBody(16 * 1024);
    /** A product with all its metadata fits. */
    private static final FormLimits WITH_VALUE = FormLimits.ofBody(4 * 1024 * 1024);

    private static final String VALUE = "value";
    private static final String FORCE = "force";
    private static final String REASON = "reason";
    private static final String RATE = "rate";
    private static final String DRY_RUN = "dry_run";
    private static final BodyFields ONE = BodyFields.ofTexts(WITH_VALUE, VALUE, FORCE);
    private static final BodyFields DISCARD = BodyFields.ofTexts(SMALL, REASON);
    /** A mistyped filter must not send back every letter. */
    private static final BodyFields MANY =
            BodyFields.ofTexts(SMALL, LetterFields.CODE, LetterFields.KEY, LetterFields.SINCE, RATE, DRY_RUN);

    private final SubmissionReader bodies;

    RedriveForms(SubmissionReader bodies) {
        this.bodies = bodies;
    }

    /**
     * One letter that is to be sent back.
     *
     * @param value the edited value; null sends the record as it is
     */
    record One(@Nullable JsonNode value, boolean force) {}

    /** Letters that are to be sent back. */
    public record Many(
            @Nullable String code,
            @Nullable String key,
            @Nullable Instant since,
            int rate,
            boolean dryRun) {}

    /** A redrive of one letter. */
    @Schema(name = "DeadLetterRedriveOne")
    record OneSchema(
            @Schema(type = "object", description = "the edited entity; left out, the record is sent as it is") @Nullable Object value,

            @Schema(description = "send it back although it was sent back three times") @Nullable Boolean force) {}

    /** A redrive of many letters. What is left out does not matter. */
    @Schema(name = "DeadLetterRedrive")
    public record ManySchema(
            @Schema(description = "only letters with this failure code", example = "IMAGE_UNDECODABLE") @Nullable String code,

            @Schema(description = "only letters with this key") @Nullable String key,

            @Schema(description = "only letters that failed at this time or later") @Nullable Instant since,

            @Schema(description = "letters a second", minimum = "1", maximum = "5000", defaultValue = "100") @Nullable Integer rate,

            @Schema(description = "only count the letters") @Nullable Boolean dryRun) {}

    /** A discard. */
    @Schema(name = "DeadLetterDiscard")
    record DiscardSchema(
            @Schema(minLength = 1, maxLength = MAX_REASON, example = "a test of the supplier")
            String reason) {}

    One one(HttpRequest<?> request) {
        return read(request, ONE, (submission, errors) -> {
            var value = errors.check(() -> value(submission), Optional.<JsonNode>empty());
            var force = errors.check(() -> flag(submission, FORCE), false);
            errors.throwIfAny();
            return new One(value.orElse(null), force);
        });
    }

    /** {@return which letters are to be sent back, and how fast} */
    public Many many(HttpRequest<?> request) {
        return read(request, MANY, (submission, errors) -> {
            var code = errors.check(
                    () -> Optional.ofNullable(submission.text(LetterFields.CODE)), Optional.<String>empty());
            var key = errors.check(() -> LetterFields.key(submission.text(LetterFields.KEY)), Optional.<String>empty());
            var since = errors.check(
                    () -> LetterFields.since(submission.text(LetterFields.SINCE)), Optional.<Instant>empty());
            var rate = errors.check(() -> rate(submission), DEFAULT_RATE);
            var dryRun = errors.check(() -> flag(submission, DRY_RUN), false);
            errors.throwIfAny();
            return new Many(code.orElse(null), key.orElse(null), since.orElse(null), rate, dryRun);
        });
    }

    String reason(HttpRequest<?> request) {
        return read(request, DISCARD, (submission, errors) -> {
            var reason = errors.check(() -> Checks.text(REASON, submission.text(REASON), MAX_REASON), "");
            errors.throwIfAny();
            return reason;
        });
    }

    private <T> T read(HttpRequest<?> request, BodyFields fields, BiFunction<Submission, FieldErrors, T> use) {
        return hasBody(request)
                ? bodies.read(request, fields, use)
                : use.apply(new Submission(Map.of(), Map.of()), new FieldErrors());
    }

    /** A body has a length, or comes in parts. */
    private static boolean hasBody(HttpRequest<?> request) {
        return request.getContentLength() > 0 || request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static Optional<JsonNode> value(Submission submission) {
        if (!submission.fields().containsKey(VALUE)) {
            return Optional.empty();
        }
        var value = submission.single(VALUE);
        if (value == null || !value.isObject()) {
            throw new InvalidEventException(
                    VALUE, "must be a JSON object; to delete a product, use DELETE /api/v1/products/{id}");
        }
        return Optional.of(value);
    }

    private static boolean flag(Submission submission, String field) {
        var value = submission.single(field);
        if (value != null && !value.isBoolean()) {
            throw new InvalidEventException(field, "must be true or false");
        }
        return value != null && value.booleanValue();
    }

    private static int rate(Submission submission) {
        var value = submission.single(RATE);
        if (value == null) {
            return DEFAULT_RATE;
        }
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > MAX_RATE) {
            throw new InvalidEventException(RATE, "must be a whole number of letters a second, 1 to " + MAX_RATE);
        }
        return value.intValue();
    }
}
