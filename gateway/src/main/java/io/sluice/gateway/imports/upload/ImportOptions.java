package io.sluice.gateway.imports.upload;

import java.util.Map;

/**
 * The options that a caller chose for an import.
 *
 * @param kind the name of an existing kind
 * @param mapping the name of a field for each header, sorted by header
 * @param sheet the name of the sheet to read; empty for the first sheet that is not empty
 */
record ImportOptions(
        String kind, Map<String, String> mapping, boolean dryRun, boolean createCategories, String sheet) {}
