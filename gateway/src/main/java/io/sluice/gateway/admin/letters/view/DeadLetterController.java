package io.sluice.gateway.admin.letters.view;

import static io.sluice.gateway.admin.letters.LetterFields.BEFORE;
import static io.sluice.gateway.admin.letters.LetterFields.CODE;
import static io.sluice.gateway.admin.letters.LetterFields.KEY;
import static io.sluice.gateway.admin.letters.LetterFields.SINCE;
import static io.sluice.gateway.admin.letters.LetterFields.STATE;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.admin.letters.LetterFields;
import io.sluice.gateway.docs.TakesLimit;
import io.sluice.gateway.docs.TakesQuery;
import io.sluice.stores.letters.LetterFilter;
import io.sluice.stores.letters.LetterId;
import io.sluice.stores.letters.LetterState;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemResponses;
import io.sluice.web.value.Query;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;

/** Shows dead letters. */
@Controller("/api/v1/admin/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "dead letters")
@ProblemResponses
final class DeadLetterController {
    private final LetterLookup letters;

    DeadLetterController(LetterLookup letters) {
        this.letters = letters;
    }

    /** Shows all letters as groups. */
    @Get
    @Operation(operationId = "listDeadLetterGroups", summary = "List the dead letters, in groups", description = """
                    A group has the letters of one topic with one code. Letters about one original record and one
                    consumer group count once.""")
    @ApiResponse(
            responseCode = "200",
            description = "all groups",
            content = @Content(schema = @Schema(implementation = LetterGroups.class)))
    LetterGroups groups() {
        return letters.groups();
    }

    /**
     * Lists the letters of a topic.
     *
     * @param topic the dead-letter topic, without the prefix of the deployment
     */
    @Get("/{topic}")
    @Operation(
            operationId = "listDeadLetters",
            summary = "List the letters of a dead-letter topic, newest first",
            parameters = {
                @Parameter(
                        name = CODE,
                        in = ParameterIn.QUERY,
                        description = "only letters with this failure code",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = KEY,
                        in = ParameterIn.QUERY,
                        description = "only letters with this key",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = SINCE,
                        in = ParameterIn.QUERY,
                        description = "only letters that failed at this time or later",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        name = STATE,
                        in = ParameterIn.QUERY,
                        description = "only letters in this state",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"open", "redriven", "mended", "discarded", "expired"})),
                @Parameter(
                        name = BEFORE,
                        in = ParameterIn.QUERY,
                        description = "the value of `next` from the previous page",
                        schema = @Schema(type = "string"))
            })
    @TakesQuery({CODE, KEY, SINCE, STATE, BEFORE, Query.LIMIT})
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "one page of letters",
            content = @Content(schema = @Schema(implementation = LetterLookup.Page.class)))
    LetterLookup.Page list(HttpRequest<?> request, @PathVariable String topic) {
        var wrong = new FieldErrors();
        var query = request.getParameters();
        var limit = wrong.check(() -> Query.limit(query), Query.DEFAULT_LIMIT);
        var code = wrong.check(() -> Optional.ofNullable(Query.single(query, CODE)), Optional.<String>empty());
        var key = wrong.check(() -> LetterFields.key(Query.single(query, KEY)), Optional.<String>empty());
        var since = wrong.check(() -> LetterFields.since(Query.single(query, SINCE)), Optional.<Instant>empty());
        var state = wrong.check(() -> LetterFields.state(Query.single(query, STATE)), Optional.<LetterState>empty());
        var before =
                wrong.check(() -> LetterFields.before(topic, Query.single(query, BEFORE)), Optional.<LetterId>empty());
        wrong.throwIfAny();
        var filter =
                new LetterFilter(topic, code.orElse(null), key.orElse(null), since.orElse(null), state.orElse(null));
        return letters.list(filter, before.orElse(null), limit);
    }

    /**
     * Gets one letter.
     *
     * @param topic the dead-letter topic, without the prefix of the deployment
     * @param id {@code partition-offset}; the id of an older record of the letter finds it too
     */
    @Get("/{topic}/{id}")
    @Operation(
            operationId = "getDeadLetter",
            summary = "Get a dead letter with its headers, its value, its job and its history")
    @ApiResponse(
            responseCode = "200",
            description = "the letter",
            content = @Content(schema = @Schema(implementation = LetterDetail.class)))
    LetterDetail get(@PathVariable String topic, @PathVariable String id) {
        return letters.detail(topic, id);
    }
}
