package io.sluice.gateway.imports.kind;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.Templates;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;

/** Lists the kinds of imports, and gives a template file for each. */
@Controller("/api/v1/import-kinds")
@Tag(name = "imports")
@ProblemResponses
final class ImportKindController {
    private static final String CSV = "text/csv";

    private final KindLookup kinds;

    ImportKindController(KindLookup kinds) {
        this.kinds = kinds;
    }

    /** Lists the kinds of imports. */
    @Get
    @Operation(operationId = "listImportKinds", summary = "List the kinds of imports and their fields")
    @ApiResponse(
            responseCode = "200",
            description = "the kinds, sorted by name",
            content = @Content(schema = @Schema(implementation = Kinds.class)))
    Kinds list() {
        return new Kinds(kinds.all().stream().map(Kind::of).toList());
    }

    /** Gives a template file. */
    @Get("/{kind}/template")
    @Produces({CSV, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "getImportTemplate",
            summary = "Get a CSV template of a kind: its header and one example row")
    @ApiResponse(
            responseCode = "200",
            description = "the template",
            content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
    HttpResponse<String> template(@PathVariable String kind) {
        var found = kinds.get(kind);
        return HttpResponse.ok(Templates.csv(found))
                .contentType(MediaType.of(CSV + ";charset=utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + found.name() + ".csv\"");
    }

    /** The list of kinds. */
    @Schema(name = "ImportKinds")
    record Kinds(List<Kind> kinds) {}

    /**
     * A kind of imports.
     *
     * @param key the name of the field that identifies a row
     * @param keepsUnknown whether an import keeps columns that are not fields of the kind
     */
    @Schema(name = "ImportKind")
    record Kind(String name, String description, String key, boolean keepsUnknown, List<KindField> fields) {
        static Kind of(ImportKind kind) {
            return new Kind(
                    kind.name(),
                    kind.description(),
                    kind.key().name(),
                    kind.keepsUnknown(),
                    kind.fields().stream().map(KindField::of).toList());
        }
    }

    /**
     * A field of a kind.
     *
     * @param type such as {@code text} or {@code siret}
     * @param required whether a row without it is rejected
     * @param maxLength the largest number of characters
     * @param synonyms other column headers of this field; case, accents and separators make no difference
     */
    @Schema(name = "ImportKindField")
    record KindField(String name, String type, boolean required, int maxLength, List<String> synonyms, String example) {
        static KindField of(Field field) {
            return new KindField(
                    field.name(),
                    field.type().name().toLowerCase(Locale.ROOT),
                    field.required(),
                    field.maxLength(),
                    field.synonyms(),
                    field.example());
        }
    }
}
