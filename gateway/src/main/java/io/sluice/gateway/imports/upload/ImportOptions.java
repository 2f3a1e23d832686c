package io.sluice.gateway.imports.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * The options that a caller chose for an import.
 *
 * @param kind the name of an existing kind
 * @param mapping the name of a field for each header, sorted by header
 * @param sheet the name of the sheet to read; empty for the first sheet that is not empty
 * @param encoding the name of the encoding of a text; empty when the importer finds it out
 * @param keepDamaged whether rows with characters that could not be read are imported
 */
record ImportOptions(
        String kind,
        Map<String, String> mapping,
        boolean dryRun,
        boolean createCategories,
        String sheet,
        // left out by default, because the fingerprints of earlier calls do not have them
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String encoding,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keepDamaged) {}
