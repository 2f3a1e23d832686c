package io.sluice.stores.imports;

import io.sluice.runtime.FailureCode;

/** The failure codes that all services which handle imports share. */
public enum ImportFailure implements FailureCode {
    /**
     * No kind has this name. Give every service the same {@code SLUICE_IMPORT_KINDS}, or have the sender correct the
     * name. Then send the file, or write the row to its topic, again.
     */
    UNKNOWN_KIND,
}
