package io.sluice.gateway.imports;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a call about an import is refused. Codes are contract. */
public enum ImportProblem implements ProblemKind {
    /** No such import. */
    IMPORT_NOT_FOUND(HttpStatus.NOT_FOUND, "Import not found"),
    /** No such kind of imports; {@code GET /api/v1/import-kinds} lists them. */
    IMPORT_KIND_NOT_FOUND(HttpStatus.NOT_FOUND, "Import kind not found"),
    /** The import has ended, so it cannot be canceled. Correct the file and send it again. */
    IMPORT_OVER(HttpStatus.CONFLICT, "The import has ended"),
    /** The first bytes of the file show that it is neither CSV nor XLSX. Save it as CSV or XLSX. */
    NOT_A_SPREADSHEET(HttpStatus.UNPROCESSABLE_ENTITY, "The file is not a spreadsheet"),
    /** The file has no bytes. */
    EMPTY_FILE(HttpStatus.UNPROCESSABLE_ENTITY, "The file is empty"),
    /** This caller has reached the limit of {@code SLUICE_IMPORT_UPLOADS_PER_MINUTE}. Send again later. */
    TOO_MANY_IMPORTS_A_MINUTE(HttpStatus.TOO_MANY_REQUESTS, "Too many imports within a minute"),
    /**
     * The open imports have reached the limit of {@code SLUICE_IMPORT_UPLOADS_AT_ONCE}. Send again when one has ended.
     */
    TOO_MANY_IMPORTS_AT_ONCE(HttpStatus.TOO_MANY_REQUESTS, "Too many imports at once");

    private final HttpStatus status;
    private final String title;

    ImportProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
