package io.sluice.gateway.photo.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.WebProblem;
import io.sluice.web.value.EntityTag;
import java.net.URLEncoder;
import java.util.Set;
import java.util.function.Function;

/**
 * A file for a caller. Its ETag is the hash of its bytes. A browser may keep the file for its user, and asks each time
 * whether it is still there, so that a deleted photo is gone.
 *
 * @param name for the caller who saves the file
 */
public record ServedFile(StoredObject object, String name) {
    /** Other types could be pages with scripts, which a browser would run as ours. */
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");

    /**
     * {@return the answer: 200 with the whole file, 206 with a part, 304 when the caller has it, or 416}
     *
     * @param body makes the body of a part of the file; not called when the answer has no bytes of it
     */
    public HttpResponse<?> answer(HttpRequest<?> request, Function<ByteRange.Part, ByteBody> body) {
        if (tag().isIn(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH))) {
            return describe(HttpResponse.notModified());
        }
        return switch (range(request)) {
            case ByteRange.Whole() -> {
                var whole = new ByteRange.Part(0, object.size() - 1);
                yield describe(HttpResponse.ok(body.apply(whole)).contentLength(whole.length()));
            }
            case ByteRange.Part part ->
                describe(HttpResponse.status(HttpStatus.PARTIAL_CONTENT)
                        .header(HttpHeaders.CONTENT_RANGE, part.header(object.size()))
                        .body(body.apply(part))
                        .contentLength(part.length()));
            case ByteRange.Outside outside ->
                Problem.of(WebProblem.RANGE_NOT_SATISFIABLE, "The file has " + object.size() + " bytes.")
                        .toResponse()
                        .header(HttpHeaders.CONTENT_RANGE, outside.header(object.size()));
        };
    }

    /** RFC 9110, section 13.1.5: a caller that has a part of another file gets the whole of this one. */
    private ByteRange range(HttpRequest<?> request) {
        var headers = request.getHeaders();
        var condition = headers.get(HttpHeaders.IF_RANGE);
        return condition == null || condition.equals(tag().text())
                ? ByteRange.of(headers.get(HttpHeaders.RANGE), object.size())
                : new ByteRange.Whole();
    }

    private MutableHttpResponse<?> describe(MutableHttpResponse<?> response) {
        var type = PICTURES.contains(object.contentType()) ? object.contentType() : MediaType.APPLICATION_OCTET_STREAM;
        return response.contentType(type)
                .header(HttpHeaders.ETAG, tag().text())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition())
                .header("X-Content-Type-Options", "nosniff");
    }

    private EntityTag tag() {
        return EntityTag.ofFile(object.sha256());
    }

    /** RFC 6266: the name in ASCII for old clients, and the whole name, percent-encoded. */
    private String disposition() {
        var ascii = name.replaceAll("[^A-Za-z0-9 ._()-]", "_");
        var encoded = URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("*", "%2A");
        return "inline; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
