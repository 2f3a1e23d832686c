package io.sluice.gateway.product.search;

import io.micronaut.http.HttpParameters;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.value.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text, limit and filters of a search; its picture is passed separately.
 *
 * @param text empty when the search has only a picture
 * @param limit the largest number of hits
 * @param filter exact matches on metadata, all of which must match
 */
record SearchRequest(Optional<String> text, int limit, Map<String, String> filter) {
    private static final String Q = "q";
    private static final String LIMIT = "limit";
    private static final String FILTER = "filter";
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_FILTERS = 20;

    /** Reads a query string, in which the text is required. */
    static SearchRequest of(HttpParameters parameters) {
        var errors = new FieldErrors();
        var text = errors.check(() -> Checks.text(Q, Query.single(Q, parameters.getAll(Q)), MAX_TEXT), "");
        var request = of(Optional.of(text), parameters.getAll(LIMIT), parameters.getAll(FILTER), errors);
        errors.throwIfAny();
        return request;
    }

    /**
     * Reads a form and the query string of the same call. A text or a picture is required. Invalid fields are added to
     * the errors.
     *
     * @param parameters the query string, which may have the fields that the form lacks
     */
    static SearchRequest of(Submission form, HttpParameters parameters, FieldErrors errors) {
        var sent = both(Q, form, parameters);
        if (sent.isEmpty() && form.file(ImageField.NAME).isEmpty()) {
            errors.add(Q, "or image_file is required");
        }
        var text = sent.isEmpty()
                ? Optional.<String>empty()
                : Optional.of(errors.check(() -> Checks.text(Q, Query.single(Q, sent), MAX_TEXT), ""));
        return of(text, both(LIMIT, form, parameters), both(FILTER, form, parameters), errors);
    }

    private static SearchRequest of(
            Optional<String> text, List<String> limit, List<String> filter, FieldErrors errors) {
        return new SearchRequest(
                text.map(query -> errors.check(() -> Checks.wellFormed(Q, query), "")),
                errors.check(() -> Query.limit(Query.single(LIMIT, limit)), Query.DEFAULT_LIMIT),
                errors.check(() -> filter(filter), Map.of()));
    }

    private static List<String> both(String field, Submission form, HttpParameters parameters) {
        return Stream.concat(form.texts(field).stream(), parameters.getAll(field).stream())
                .toList();
    }

    private static Map<String, String> filter(List<String> texts) {
        if (texts.size() > MAX_FILTERS) {
            throw new InvalidEventException(FILTER, "must be sent at most " + MAX_FILTERS + " times");
        }
        var filter = new LinkedHashMap<String, String>();
        for (var text : texts) {
            var colon = Checks.storable(FILTER, text).indexOf(':');
            if (colon < 1 || text.lastIndexOf('"', colon) >= 0) {
                throw new InvalidEventException(FILTER, "must be name:value, with no quotation mark in the name");
            }
            if (filter.put(text.substring(0, colon), text.substring(colon + 1)) != null) {
                throw new InvalidEventException(FILTER, "must not name one field twice");
            }
        }
        return filter;
    }
}
