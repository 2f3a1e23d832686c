package io.sluice.importer.sheet;

/**
 * What one file may cost.
 *
 * @param columns most cells of a row
 * @param inflatedBytes most bytes that are read out of a compressed file
 */
public record FileLimits(int columns, long inflatedBytes) {
    /**
     * Most characters (UTF-16 units) of a row and the names of its columns. Written as JSON, where one takes six bytes at most, it fits into a Kafka
     * record of 1 MB.
     */
    public static final int ROW_LENGTH = 150_000;

    /** {@return 500 columns, and 200 MB} */
    public static FileLimits ofDefaults() {
        return new FileLimits(500, 200L << 20);
    }

    /** {@return the refusal of a file with a row that has more cells} */
    public FileRefusedException tooManyColumns(int rowNumber) {
        return new FileRefusedException(
                ImporterFailure.TOO_MANY_COLUMNS,
                "Row %,d has more than %,d columns; delete those that are not needed.".formatted(rowNumber, columns));
    }
}
