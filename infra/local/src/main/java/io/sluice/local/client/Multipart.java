package io.sluice.local.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A multipart/form-data body (RFC 7578), built in memory. */
public final class Multipart {
    private final String boundary = "sluice-" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** Adds a text field. */
    public Multipart field(String name, String value) {
        part("Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a file. */
    public Multipart file(String name, String fileName, String mediaType, byte[] content) {
        var quoted = fileName.replace("\\", "_").replace("\"", "_");
        part(
                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + quoted + "\"\r\nContent-Type: "
                        + mediaType,
                content);
        return this;
    }

    private void part(String headers, byte[] content) {
        body.writeBytes(("--" + boundary + "\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the value of the Content-Type header that goes with the body} */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** {@return the whole body; call once} */
    public BodyPublisher body() {
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return BodyPublishers.ofByteArray(body.toByteArray());
    }
}
