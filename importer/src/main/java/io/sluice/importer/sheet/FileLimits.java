package io.sluice.importer.sheet;

/**
 * The limits on one file.
 *
 * @param columns most cells of a row
 * @param inflatedBytes most bytes that are read out of a compressed file
 */
public record FileLimits(int columns, long inflatedBytes) {
    /**
     * Most characters (UTF-16 units) of a row and the names of its columns together. As JSON a character takes at most
     * six bytes, so the row fits into a Kafka record of 1 MB.
     */
    public static final int ROW_LENGTH = 150_000;

    /** {@return 500 columns, and 200 MB} */
    public static FileLimits ofDefaults() {
        return new FileLimits(500, 200L << 20);
    }

    /** {@return the refusal of a file whose row has too many cells} */
    public FileRefusedException tooManyColumns(int rowNumber) {
        return new FileRefusedException(
                ImporterFailure.TOO_MANY_COLUMNS,
                "Row %,d has more than %,d columns; delete those that are not needed.".formatted(rowNumber, columns));
    }
}
