package io.sluice.gateway.imports.upload;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the form of an import looks like, for the OpenAPI document; {@link FileFormReader} reads it. */
@Schema(name = "ImportForm", description = "A file to be imported. Its parts may come in any order.")
record ImportFormSchema(
        @Schema(type = "string", format = "binary", description = "CSV in any usual form, or XLSX")
        String file,

        @Schema(description = "what its rows are; may be a query parameter instead", example = "companies")
        String kind,

        @Schema(
                description = "a JSON object, header to field, for columns that go by none of the names known",
                example = "{\"Raison\": \"name\"}")
        @Nullable String mapping,

        @Schema(description = "say what would happen, and write nothing", defaultValue = "false") @Nullable Boolean dryRun,

        @Schema(
                description = "make categories that are named and not known; else their rows are rejected",
                defaultValue = "true")
        @Nullable Boolean createCategories,

        @Schema(description = "the sheet of a workbook; the first that is not empty when left out") @Nullable String sheet) {}
