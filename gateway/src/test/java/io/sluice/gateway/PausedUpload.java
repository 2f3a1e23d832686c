package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.runtime.json.JsonCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** An upload of photos, of which some arrive at once, and the others when the test says so. */
final class PausedUpload implements AutoCloseable {
    private static final ObjectMapper JSON = JsonCodec.newMapper();
    private static final int PATIENCE_MILLIS = 90_000;

    private final Socket socket;
    private final byte[] body;
    private final int sent;

    /**
     * Sends the first photos whole, and the beginning of the next one.
     *
     * @param first how many photos arrive at once
     */
    PausedUpload(SignedIn caller, List<byte[]> photos, int first) throws IOException {
        var form = form(photos);
        this.body = form.body();
        var next = photos.get(first);
        this.sent = body.length - form(photos.subList(first, photos.size())).body().length + next.length / 2;
        this.socket =
                new Socket(InetAddress.getLoopbackAddress(), caller.gateway().port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        var head = """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Authorization: Bearer %s\r
            Content-Type: %s\r
            Content-Length: %d\r
            \r
            """.formatted(PhotoDesk.PHOTOS, caller.token(), form.contentType(), body.length);
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        socket.getOutputStream().write(body, 0, sent);
    }

    private static Multipart form(List<byte[]> photos) {
        var form = new Multipart();
        photos.forEach(photo -> form.file("files", "a.png", "image/png", photo));
        return form;
    }

    /** An answer whose body was JSON. */
    record Answer(int status, JsonNode json) {}

    /** Sends the other photos, and returns the answer. */
    Answer finish() throws IOException {
        socket.getOutputStream().write(body, sent, body.length - sent);
        var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        var status = answer.split(" ", 3)[1];
        var json = answer.substring(answer.indexOf("\r\n\r\n"));
        return new Answer(Integer.parseInt(status), JSON.readTree(json));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
