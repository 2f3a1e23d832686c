package io.sluice.gateway.product.search;

import io.micronaut.http.HttpParameters;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.stores.product.MetadataFilter;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.value.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text, limit and filters of a search; its picture is passed separately.
 *
 * @param text empty when the search has only a picture
 * @param limit the largest number of hits
 * @param filters exact matches on metadata, all of which must match
 */
record SearchRequest(Optional<String> text, int limit, List<MetadataFilter> filters) {
    static final String Q = "q";
    static final String FILTER = "filter";

    /** The fields of the form. */
    static final BodyFields FORM =
            BodyFields.ofTexts(ImageField.LIMITS, Q, Query.LIMIT, FILTER).withFiles(ImageField.NAME);

    private static final int MAX_TEXT = 20_000;
    private static final int MAX_FILTERS = 20;

    /** Reads a query string, in which the text is required. */
    static SearchRequest of(HttpParameters parameters) {
        var errors = new FieldErrors();
        var text = errors.check(() -> Checks.text(Q, Query.single(Q, parameters.getAll(Q)), MAX_TEXT), "");
        var request = of(Optional.of(text), parameters.getAll(Query.LIMIT), parameters.getAll(FILTER), errors);
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
        return of(text, both(Query.LIMIT, form, parameters), both(FILTER, form, parameters), errors);
    }

    private static SearchRequest of(
            Optional<String> text, List<String> limit, List<String> filter, FieldErrors errors) {
        return new SearchRequest(
                text.map(query -> errors.check(() -> Checks.wellFormed(Q, query), "")),
                errors.check(() -> Query.limit(Query.single(Query.LIMIT, limit)), Query.DEFAULT_LIMIT),
                errors.check(() -> filters(filter), List.of()));
    }

    private static List<String> both(String field, Submission form, HttpParameters parameters) {
        return Stream.concat(form.texts(field).stream(), parameters.getAll(field).stream())
                .toList();
    }

    private static List<MetadataFilter> filters(List<String> texts) {
        if (texts.size() > MAX_FILTERS) {
            throw new InvalidEventException(FILTER, "must be sent at most " + MAX_FILTERS + " times");
        }
        var filters = texts.stream()
                .map(text -> MetadataFilter.parse(Checks.storable(FILTER, text)))
                .toList();
        if (filters.stream().map(MetadataFilter::paths).distinct().count() < filters.size()) {
            throw new InvalidEventException(FILTER, "must not name one field twice");
        }
        return filters;
    }
}
