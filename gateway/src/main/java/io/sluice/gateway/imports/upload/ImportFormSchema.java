package io.sluice.gateway.imports.upload;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Describes the form of an import in the OpenAPI document. {@link FileFormUpload} reads the form. */
@Schema(name = "ImportForm", description = "A file to import. The parts of the form may come in any order.")
record ImportFormSchema(
        @Schema(
                type = "string",
                format = "binary",
                description = "a CSV file in any usual encoding and with any usual delimiter, or an XLSX file")
        String file,

        @Schema(description = "the kind of the rows; can be a query parameter instead", example = "companies")
        String kind,

        @Schema(
                description = "a JSON object that maps headers to fields, for columns whose header is no known name",
                example = "{\"Raison\": \"name\"}")
        @Nullable String mapping,

        @Schema(description = "report what would happen, and write nothing", defaultValue = "false") @Nullable Boolean dryRun,

        @Schema(
                description =
                        "create the categories that rows name and that do not exist; if false, such rows are rejected",
                defaultValue = "true")
        @Nullable Boolean createCategories,

        @Schema(description = "the name of the sheet of a workbook; when left out, the first sheet that is not empty")
        @Nullable String sheet,

        @Schema(
                description =
                        "the encoding of a CSV file, such as `windows-1252`, `macintosh` or `IBM850`; when left out,"
                                + " it is found out from the file, and an import whose encoding is not clear fails as"
                                + " `ENCODING_UNCLEAR`. The refusal of an unknown name lists the known ones",
                example = "windows-1252")
        @Nullable String encoding,

        @Schema(
                description =
                        "import rows with characters that cannot be read, with U+FFFD in their place; if false, such"
                                + " rows are rejected",
                defaultValue = "false")
        @Nullable Boolean keepDamaged) {}
