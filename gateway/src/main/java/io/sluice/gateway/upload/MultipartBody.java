package io.sluice.gateway.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A body of {@code multipart/form-data}, parsed in memory. */
final class MultipartBody {
    private static final int MAX_PARTS = 100;
    /** The whole body is there at once and has been measured, so what is buffered needs no limit of its own. */
    private static final int UNLIMITED = 0;

    private final Map<String, List<JsonNode>> fields = new LinkedHashMap<>();
    private final Map<String, UploadedFile> files = new LinkedHashMap<>();

    private MultipartBody() {}

    /** Parses a whole body; {@code contentType} is the header, with its boundary. */
    static Submission parse(String contentType, byte[] body) {
        var parts = new MultipartBody();
        try {
            parts.read(decoder(contentType), body);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException | IOException e) {
            // On broken input Netty's parser throws its own exceptions, and IndexOutOfBounds and others besides.
            throw new ProblemException(
                    ProblemCode.MALFORMED_BODY, "The body is not a multipart form with its boundary.", e);
        }
        return new Submission(parts.fields, parts.files);
    }

    private static HttpPostMultipartRequestDecoder decoder(String contentType) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        if (!HttpPostRequestDecoder.isMultipart(request)) {
            throw new ProblemException(ProblemCode.MALFORMED_BODY, "The Content-Type names no boundary.");
        }
        var inMemory = new DefaultHttpDataFactory(false);
        return new HttpPostMultipartRequestDecoder(inMemory, request, StandardCharsets.UTF_8, MAX_PARTS, UNLIMITED);
    }

    private void read(HttpPostMultipartRequestDecoder decoder, byte[] body) throws IOException {
        try {
            decoder.offer(new DefaultLastHttpContent(Unpooled.wrappedBuffer(body)));
            if (decoder.currentPartialHttpData() != null || !endsWithBoundary(body)) {
                throw new ProblemException(ProblemCode.MALFORMED_BODY, "The multipart form is cut short.");
            }
            for (var part : decoder.getBodyHttpDatas()) {
                add(part);
            }
        } finally {
            decoder.destroy();
        }
    }

    /** The last boundary ends with two hyphens; after it only white space is usual. */
    private static boolean endsWithBoundary(byte[] body) {
        int end = body.length;
        while (end > 0 && Character.isWhitespace(body[end - 1])) {
            end--;
        }
        return end >= 2 && body[end - 1] == '-' && body[end - 2] == '-';
    }

    private void add(InterfaceHttpData part) throws IOException {
        switch (part) {
            case FileUpload file -> files.put(file.getName(), new UploadedFile(file.get()));
            case Attribute field ->
                fields.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(TextNode.valueOf(FormBody.strictly(field.get(), field.getCharset())));
            default -> throw new IllegalArgumentException("a part of an unknown kind");
        }
    }
}
