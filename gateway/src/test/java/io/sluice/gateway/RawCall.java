package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.regex.Pattern;

/** A client that sends its whole request before it reads the answer, as simple clients do. */
final class RawCall {
    private static final int PIECE = 64 * 1024;
    private static final int PATIENCE_MILLIS = 30_000;

    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: (\\d+)");

    private RawCall() {}

    /** Sends {@code length} zero bytes as the body, chunked or not, and returns the head of the answer. */
    static String post(int port, String path, String headers, long length, boolean chunked) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var out = socket.getOutputStream();
            var framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
            out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + framing + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
            try {
                body(out, length, chunked);
            } catch (SocketException e) {
                // The server may close its side early; what matters is that its answer can be read.
            }
            return head(socket);
        }
    }

    /** Sends a request as it is written, and returns the answer's head and as much of its body as it says it has. */
    static String send(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var head = head(socket);
            var length = LENGTH.matcher(head);
            var hasBody = !request.startsWith("HEAD ") && length.find();
            return head
                    + (hasBody
                            ? new String(
                                    socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1)
                            : "");
        }
    }

    private static void body(OutputStream out, long length, boolean chunked) throws IOException {
        var piece = new byte[PIECE];
        for (long sent = 0; sent < length; sent += PIECE) {
            if (chunked) {
                out.write((Integer.toHexString(PIECE) + "\r\n").getBytes(ISO_8859_1));
            }
            out.write(piece);
            if (chunked) {
                out.write("\r\n".getBytes(ISO_8859_1));
            }
        }
        out.write((chunked ? "0\r\n\r\n" : "").getBytes(ISO_8859_1));
        out.flush();
    }

    private static String head(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
