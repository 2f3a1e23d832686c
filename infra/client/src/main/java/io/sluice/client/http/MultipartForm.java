package io.sluice.client.http;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** A multipart/form-data body (RFC 7578). */
public final class MultipartForm {
    private static final String END_OF_PART = "\r\n";
    /** Characters of a file's name that would end its quotes, or the line. */
    private static final Pattern UNQUOTABLE = Pattern.compile("[\"\\\\\\p{Cntrl}]");

    private final String boundary = "sluice-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();

    /** Adds a text field. */
    public MultipartForm field(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", BodyPublishers.ofString(value));
    }

    /**
     * Adds a file.
     *
     * @throws FileNotFoundException when a file on disk has disappeared
     */
    public MultipartForm file(String name, FilePart file) throws FileNotFoundException {
        var quoted = UNQUOTABLE.matcher(file.fileName()).replaceAll("_");
        var headers = "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + quoted
                + "\"\r\nContent-Type: " + file.mediaType();
        return part(
                headers,
                switch (file) {
                    case FileInMemory inMemory -> BodyPublishers.ofByteArray(inMemory.bytes());
                    case FileOnDisk onDisk -> BodyPublishers.ofFile(onDisk.path());
                });
    }

    private MultipartForm part(String headers, BodyPublisher content) {
        parts.add(BodyPublishers.ofString("--" + boundary + "\r\n" + headers + "\r\n\r\n"));
        parts.add(content);
        parts.add(BodyPublishers.ofString(END_OF_PART));
        return this;
    }

    /** {@return the value of the Content-Type header that goes with the body} */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Returns the whole body, whose length is known. Call it once, after the last part. */
    public BodyPublisher body() {
        parts.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }
}
