package io.sluice.client.imports;

import java.nio.file.Path;
import java.util.Locale;

/** The formats of a file of rejected rows. In a workbook no spreadsheet program changes numbers that are texts. */
public enum RejectedRowsFormat {
    CSV("text/csv"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String mediaType;

    RejectedRowsFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** {@return the format by the end of the file's name; CSV unless that is {@code .xlsx}} */
    public static RejectedRowsFormat of(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(XLSX.suffix()) ? XLSX : CSV;
    }

    /** {@return the end of a file's name, with its dot} */
    public String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    String mediaType() {
        return mediaType;
    }
}
