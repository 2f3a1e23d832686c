package io.sluice.gateway.imports.upload;

import java.util.Map;

/**
 * What a caller wants of an import.
 *
 * @param kind one that there is
 * @param mapping header to field, in the order of the headers
 * @param sheet its name; empty for the first that is not empty
 */
record ImportOptions(
        String kind, Map<String, String> mapping, boolean dryRun, boolean createCategories, String sheet) {}
