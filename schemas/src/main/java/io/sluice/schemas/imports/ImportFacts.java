package io.sluice.schemas.imports;

/** The names of the facts that the steps of an import's job report. */
public final class ImportFacts {
    /** The whole {@link ImportRequested}, as JSON; in the first step. */
    public static final String REQUEST = "request";

    /** Name of the import kind, such as {@code companies}; in the first step. */
    public static final String KIND = "import_kind";

    /** Name of the file, as the sender gave it; in the first step. */
    public static final String FILE_NAME = "file_name";

    /** Whether this is a dry run, {@code true} or {@code false}; in the first step. */
    public static final String DRY_RUN = "dry_run";

    /** Format of the file: {@code csv}, {@code xlsx} or {@code json}. */
    public static final String FORMAT = "format";

    /** Encoding of a text file, such as {@code windows-1252}. */
    public static final String ENCODING = "encoding";

    /** Delimiter between the cells of a text file. */
    public static final String DELIMITER = "delimiter";

    /** Sheet of the workbook that was read. */
    public static final String SHEET = "sheet";

    /** What the importer repaired, added or left out: one sentence on each line. */
    public static final String NOTES = "notes";

    /** The first keys that several rows with different content have: a JSON array of {@link MergedRows}. */
    public static final String MERGED = "merged";

    private ImportFacts() {}
}
