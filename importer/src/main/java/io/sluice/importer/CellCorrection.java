package io.sluice.importer;

import io.sluice.importer.sheet.Row;

/** One way in which the cells of one column are corrected. Belongs to one thread. */
interface CellCorrection {
    /** What a correction does; a note says it once for all columns. */
    enum What {
        KEY(
                "%,d key had characters that cannot be seen or look like others, which were replaced or removed: %s.",
                "%,d keys had characters that cannot be seen or look like others, which were replaced or removed: %s."),
        ZEROS(
                "%,d cell was kept as numbers without their leading zeros, which were put back: %s.",
                "%,d cells were kept as numbers without their leading zeros, which were put back: %s."),
        TIME(
                "%,d cell had a time after its date, which was left out; the date stays as it is written: %s.",
                "%,d cells had a time after their date, which was left out; the dates stay as they are written: %s.");

        private final String ofOne;
        private final String ofMany;

        What(String ofOne, String ofMany) {
            this.ofOne = ofOne;
            this.ofMany = ofMany;
        }

        /**
         * {@return the note about all such corrections}
         *
         * @param cells how many cells were corrected
         * @param fields how many in each field
         */
        String note(int cells, String fields) {
            return (cells == 1 ? ofOne : ofMany).formatted(cells, fields);
        }
    }

    What what();

    /** Looks at a cell in the first pass. Cells of a column are counted before the first one is corrected. */
    void count(Row row, String cell);

    /** {@return how many of the counted cells are corrected} */
    int corrected();

    /** {@return where the first corrected cells are, to follow their number in the note; empty to leave it out} */
    default String where() {
        return "";
    }

    /** {@return the cell as it is checked and stored} */
    String correct(Row row, String cell);
}
