package io.sluice.importer.sheet;

import io.sluice.runtime.FailureCode;

/** The ways a file as a whole can be wrong. Its job has then failed, and none of its rows was passed on. */
public enum ImporterFailure implements FailureCode {
    /** It is something else, such as a PDF or an image. Have the sender save the table as .xlsx or CSV. */
    NOT_A_SPREADSHEET,
    /** There is no row below the header. Have the sender look whether the right file, or sheet, was sent. */
    EMPTY_FILE,
    /**
     * Rows cannot be read by this header: a required column is missing, or two columns are one field. Have the sender
     * rename columns, or send a mapping; {@code GET /api/v1/import-kinds/{kind}/template} shows a header that fits.
     */
    HEADER_UNUSABLE,
    /** There are more rows than {@code SLUICE_IMPORT_MAX_ROWS}. Have the sender split the file, or raise the limit. */
    TOO_MANY_ROWS,
    /** A row has more cells than {@code SLUICE_IMPORTER_MAX_COLUMNS}. Have the sender delete columns. */
    TOO_MANY_COLUMNS,
    /** A quotation mark is opened and never closed; the message names the row. Have the sender close or double it. */
    UNCLOSED_QUOTE,
    /**
     * The file, or what it is when it is inflated, is larger than {@code SLUICE_IMPORT_MAX_BYTES} or
     * {@code SLUICE_IMPORTER_MAX_INFLATED}: split it. A small file that inflates to this much is an attack more often than
     * not.
     */
    FILE_TOO_LARGE,
    /** It is protected by a password. Have the sender save it without one. */
    FILE_ENCRYPTED,
    /** It is broken, as the message says. Have the sender open it in a spreadsheet program and save it anew. */
    FILE_DAMAGED,
    /** The object store does not have it any more. Have the sender send it again. */
    FILE_MISSING,
    /** The workbook has no sheet of the name asked for; the message lists those it has. */
    SHEET_MISSING,
}
