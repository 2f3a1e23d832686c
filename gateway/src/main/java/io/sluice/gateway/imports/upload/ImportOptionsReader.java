package io.sluice.gateway.imports.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.gateway.imports.kind.KindLookup;
import io.sluice.imports.file.KnownEncodings;
import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and checks the options of an import. */
@Singleton
final class ImportOptionsReader {
    static final String KIND = "kind";
    static final String MAPPING = "mapping";
    static final String DRY_RUN = "dry_run";
    static final String CREATE_CATEGORIES = "create_categories";
    static final String SHEET = "sheet";
    static final String ENCODING = "encoding";
    static final String KEEP_DAMAGED = "keep_damaged";

    private static final int MAX = 255;
    /** Limited, because events of the import and its job contain the mapping. */
    private static final int MAX_MAPPING = 4 * 1024;

    private static final String AN_OBJECT = "must be a JSON object such as {\"header\": \"field\"}";

    private final KindLookup kinds;
    private final ObjectMapper mapper;

    ImportOptionsReader(KindLookup kinds, JsonCodec codec) {
        this.kinds = kinds;
        this.mapper = codec.mapper();
    }

    /**
     * Reads the options, and adds the invalid ones to the errors. The caller must end the request when there are
     * errors.
     */
    ImportOptions read(Submission sent, FieldErrors errors) {
        var kind = errors.check(() -> kind(sent), "");
        return new ImportOptions(
                kind,
                errors.check(() -> mapping(sent, kinds.find(kind).orElse(null)), Map.of()),
                errors.check(() -> flag(DRY_RUN, sent, false), false),
                errors.check(() -> flag(CREATE_CATEGORIES, sent, true), true),
                errors.check(() -> sheet(sent), ""),
                errors.check(() -> encoding(sent), ""),
                errors.check(() -> flag(KEEP_DAMAGED, sent, false), false));
    }

    private String kind(Submission sent) {
        var kind = Checks.text(KIND, sent.text(KIND), MAX);
        if (kinds.find(kind).isEmpty()) {
            throw new InvalidEventException(KIND, "must be one of " + kinds.names() + "; is '" + kind + "'");
        }
        return kind;
    }

    /**
     * Requires that a kind has this name.
     *
     * @throws ProblemException when no kind has it
     */
    void requireKind(String name) {
        var _ = kinds.get(name);
    }

    private Map<String, String> mapping(Submission sent, @Nullable ImportKind kind) {
        var mapping = new TreeMap<String, String>();
        var text = sent.text(MAPPING);
        if (text == null || text.isBlank()) {
            return mapping;
        }
        for (var given : object(Checks.text(MAPPING, text, MAX_MAPPING)).properties()) {
            var header = Checks.storable(MAPPING, given.getKey());
            if (!given.getValue().isTextual()) {
                throw new InvalidEventException(MAPPING, "must map '" + header + "' to the name of a field");
            }
            var field = Checks.storable(MAPPING, given.getValue().textValue());
            if (kind != null && kind.field(field).isEmpty() && !kind.keepsUnknown()) {
                throw new InvalidEventException(
                        MAPPING,
                        "maps '" + header + "' to the field '" + field + "', which " + kind.name() + " does not have");
            }
            mapping.put(header, field);
        }
        return mapping;
    }

    private JsonNode object(String json) {
        try {
            var tree = mapper.readTree(json);
            if (tree.isObject()) {
                return tree;
            }
            throw new InvalidEventException(MAPPING, AN_OBJECT);
        } catch (JsonProcessingException e) {
            throw new InvalidEventException(MAPPING, AN_OBJECT);
        }
    }

    private static boolean flag(String field, Submission sent, boolean fallback) {
        var text = sent.text(field);
        if (text == null || text.isBlank()) {
            return fallback;
        }
        return switch (text.strip()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new InvalidEventException(field, "must be true or false");
        };
    }

    /** {@return the name of the sheet; empty for the first sheet that is not empty} */
    private static String sheet(Submission sent) {
        var sheet = sent.text(SHEET);
        return sheet == null || sheet.isEmpty() ? "" : Checks.text(SHEET, sheet, MAX);
    }

    /** {@return the usual name of the encoding; empty when the importer finds it out} */
    private static String encoding(Submission sent) {
        var name = sent.text(ENCODING);
        if (name == null || name.isBlank()) {
            return "";
        }
        return KnownEncodings.find(Checks.text(ENCODING, name, MAX))
                .map(KnownEncodings::nameOf)
                .orElseThrow(() -> new InvalidEventException(
                        ENCODING,
                        "must be one of " + String.join(", ", KnownEncodings.names()) + "; is '" + name + "'"));
    }
}
