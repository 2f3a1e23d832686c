package io.sluice.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A multipart/form-data body (RFC 7578). */
public final class Multipart {
    private static final String END_OF_PART = "\r\n";

    private final String boundary = "sluice-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();

    /** Adds a text field. */
    public Multipart field(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", BodyPublishers.ofString(value));
    }

    /** Adds a file whose content is in memory. */
    public Multipart file(String name, String fileName, String mediaType, byte[] content) {
        return part(fileHeaders(name, fileName, mediaType), BodyPublishers.ofByteArray(content));
    }

    /** Adds a file, which is read while it is sent. */
    public Multipart file(String name, String fileName, String mediaType, Path content) throws FileNotFoundException {
        return part(fileHeaders(name, fileName, mediaType), BodyPublishers.ofFile(content));
    }

    private static String fileHeaders(String name, String fileName, String mediaType) {
        var quoted = fileName.replace("\\", "_").replace("\"", "_");
        return "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + quoted + "\"\r\nContent-Type: "
                + mediaType;
    }

    private Multipart part(String headers, BodyPublisher content) {
        parts.add(text("--" + boundary + "\r\n" + headers + "\r\n\r\n"));
        parts.add(content);
        parts.add(text(END_OF_PART));
        return this;
    }

    /** {@return the value of the Content-Type header that goes with the body} */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** {@return the whole body, of a length that is known; call once} */
    public BodyPublisher body() {
        parts.add(text("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, UTF_8);
    }
}
