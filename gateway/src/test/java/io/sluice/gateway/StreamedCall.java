package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A call whose body is sent, and whose chunked answer is read, piece by piece under control of the test. */
final class StreamedCall implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SMALL_WINDOW = 16 * 1024;

    private final Socket socket = new Socket();
    private final InputStream in;
    private boolean headRead;
    private int leftOfChunk;

    /** Opens the call; {@code framing} says how long the body will be. */
    StreamedCall(int port, String path, String contentType, String framing) throws IOException {
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType + "\r\n" + framing
                + "\r\n\r\n");
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    void sendChunk(String text) throws IOException {
        send(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
    }

    /** {@return the first line of the answer} */
    String statusLine() throws IOException {
        return rawLine();
    }

    /** {@return the answer after its first line, until its body is complete} */
    String rest() throws IOException {
        var rest = new StringBuilder();
        while (rest.indexOf("}") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            rest.append((char) next);
        }
        return rest.toString();
    }

    /** {@return the next line of the answer's body; null at its end} */
    @Nullable String nextLine() throws IOException {
        if (!headRead) {
            headRead = true;
            while (!rawLine().isEmpty()) {
                // the head ends with an empty line
            }
        }
        var line = new StringBuilder();
        for (int next = next(); next >= 0; next = next()) {
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
        return null;
    }

    private int next() throws IOException {
        if (leftOfChunk == 0) {
            var size = rawLine();
            leftOfChunk = Integer.parseInt(size.isEmpty() ? rawLine() : size, 16);
        }
        return leftOfChunk-- == 0 ? -1 : in.read();
    }

    private String rawLine() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
