package io.sluice.schemas.imports;

/** What the steps of an import's job say about it, by these names. */
public final class ImportFacts {
    /** The whole {@link ImportRequested}, as JSON; of the first step. */
    public static final String REQUEST = "request";

    /** Name of the import kind, such as {@code companies}; of the first step. */
    public static final String KIND = "import_kind";

    /** As its sender called the file; of the first step. */
    public static final String FILE_NAME = "file_name";

    /** {@code true} or {@code false}; of the first step. */
    public static final String DRY_RUN = "dry_run";

    /** {@code csv}, {@code xlsx} or {@code json}. */
    public static final String FORMAT = "format";

    /** What a text was written in, such as {@code windows-1252}. */
    public static final String ENCODING = "encoding";

    /** What stands between the cells of a text. */
    public static final String DELIMITER = "delimiter";

    /** The sheet of a workbook that was read. */
    public static final String SHEET = "sheet";

    /** What was repaired, filled up or left out: sentences, one a line. */
    public static final String NOTES = "notes";

    private ImportFacts() {}
}
