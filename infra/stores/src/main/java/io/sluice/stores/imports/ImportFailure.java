package io.sluice.stores.imports;

import io.sluice.runtime.FailureCode;

/** The ways to fail that the services which work on imports share. */
public enum ImportFailure implements FailureCode {
    /**
     * There is no kind of this name. Give every service the same {@code SLUICE_IMPORT_KINDS}, or have the sender correct
     * the name; then send the file, or write the row to its topic, again.
     */
    UNKNOWN_KIND,
}
