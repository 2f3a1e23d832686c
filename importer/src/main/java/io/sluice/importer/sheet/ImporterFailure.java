package io.sluice.importer.sheet;

import io.sluice.runtime.FailureCode;

/** The reasons why a file as a whole cannot be imported. Its job has failed, and none of its rows was published. */
public enum ImporterFailure implements FailureCode {
    /** The file is something else, such as a PDF or a picture. Ask the sender to save the table as .xlsx or CSV. */
    NOT_A_SPREADSHEET,
    /** There is no row below the header. Ask the sender whether it was the right file and the right sheet. */
    EMPTY_FILE,
    /**
     * The header does not tell the fields: a required column is missing, or two columns are one field. Ask the sender
     * to rename columns or to send a mapping; {@code GET /api/v1/import-kinds/{kind}/template} shows a header that
     * fits.
     */
    HEADER_UNUSABLE,
    /**
     * There are more rows than {@code SLUICE_IMPORT_MAX_ROWS}. Ask the sender to split the file, or raise the limit.
     */
    TOO_MANY_ROWS,
    /**
     * A row has more cells than {@code SLUICE_IMPORT_MAX_COLUMNS}. Ask the sender to delete columns, or raise the
     * limit.
     */
    TOO_MANY_COLUMNS,
    /** A quotation mark is opened and never closed; the message names the row. Ask the sender to close or double it. */
    UNCLOSED_QUOTE,
    /**
     * The file is larger than {@code SLUICE_IMPORT_MAX_BYTES}, or inflates to more than {@code
     * SLUICE_IMPORT_MAX_INFLATED}. Ask the sender to split it. A small file that inflates to so much is more often an
     * attack.
     */
    FILE_TOO_LARGE,
    /** The file is protected by a password. Ask the sender to save it without one. */
    FILE_ENCRYPTED,
    /**
     * The file is damaged; the message says how. Ask the sender to open it in a spreadsheet program and to save it
     * anew.
     */
    FILE_DAMAGED,
    /** The object store no longer has the file. Ask the sender to send it again. */
    FILE_MISSING,
    /**
     * The text can be read in two encodings, and it is not clear which is right; the message shows the first cell in
     * which they differ. Ask the sender to say the encoding, or to save the file as UTF-8.
     */
    ENCODING_UNCLEAR,
    /** The workbook has no sheet of the name that was asked for; the message lists its sheets. */
    SHEET_MISSING,
}
