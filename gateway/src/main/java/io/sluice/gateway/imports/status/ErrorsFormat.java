package io.sluice.gateway.imports.status;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.sluice.imports.file.FirstBytes;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.web.value.Query;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of rejected rows. The parameter {@code format} goes before the header {@code Accept}. */
enum ErrorsFormat {
    JSON(MediaType.APPLICATION_JSON),
    CSV(FirstBytes.TEXT),
    XLSX(FirstBytes.WORKBOOK);

    static final String PARAMETER = "format";

    private final String mediaType;

    ErrorsFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * {@return the format that the caller asks for}
     *
     * @throws InvalidEventException when there is no such format
     */
    static ErrorsFormat of(HttpRequest<?> request) {
        var named = Query.single(request.getParameters(), PARAMETER);
        return named == null ? accepted(request) : of(named);
    }

    private static ErrorsFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.title().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidEventException(
                        PARAMETER,
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(ErrorsFormat::title)
                                        .collect(Collectors.joining(", "))));
    }

    /** JSON is what a caller gets who accepts anything. */
    private static ErrorsFormat accepted(HttpRequest<?> request) {
        for (var accepted : request.getHeaders().accept()) {
            for (var format : values()) {
                if (accepted.getName().equals(format.mediaType)) {
                    return format;
                }
            }
            if (accepted.matches(MediaType.APPLICATION_JSON_TYPE)) {
                return JSON;
            }
        }
        return JSON;
    }

    private String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
