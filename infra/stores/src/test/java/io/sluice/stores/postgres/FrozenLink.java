package io.sluice.stores.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A network between a client and a server. It can freeze: connections stay open, and no byte passes. It can be deaf: no
 * notification passes, as through a pooler that gives a connection to another client after each transaction.
 */
final class FrozenLink implements AutoCloseable {
    private static final int BUFFER = 8192;
    private static final int LARGEST = 100_000;
    private static final byte NOTIFICATION = 'A';

    private final ServerSocket door;
    private final URI server;
    private final ReentrantReadWriteLock ice = new ReentrantReadWriteLock();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isDeaf;

    private FrozenLink(ServerSocket door, URI server) {
        this.door = door;
        this.server = server;
    }

    /** @param url the JDBC URL of a server */
    static FrozenLink to(String url) throws IOException {
        var link = new FrozenLink(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(url.substring("jdbc:".length())));
        Thread.ofVirtual().start(link::accept);
        return link;
    }

    /** {@return the JDBC URL of the same database, over this network} */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + server.getPath() + "?sslmode=disable";
    }

    /** From now on notifications pass, or none of them does. */
    void setDeaf(boolean deaf) {
        isDeaf = deaf;
    }

    void freeze() {
        ice.writeLock().lock();
    }

    void thaw() {
        ice.writeLock().unlock();
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                open.add(client);
                var target = new Socket(server.getHost(), server.getPort());
                open.add(target);
                Thread.ofVirtual().start(() -> pass(client, target));
                Thread.ofVirtual().start(() -> passMessages(target, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pass(Socket from, Socket to) {
        var buffer = new byte[BUFFER];
        try (from;
                to) {
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                ice.readLock().lock();
                try {
                    to.getOutputStream().write(buffer, 0, read);
                } finally {
                    ice.readLock().unlock();
                }
            }
        } catch (IOException e) {
            // one of both has gone
        }
    }

    /** Each message of the server is a letter, its length without the letter in four bytes, and its content. */
    private void passMessages(Socket server, Socket client) {
        try (server;
                client) {
            var in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            while (true) {
                var message = ByteBuffer.allocate(LARGEST);
                message.put(in.readByte());
                var length = in.readInt();
                message.putInt(length).put(in.readNBytes(length - Integer.BYTES));
                ice.readLock().lock();
                try {
                    if (!isDeaf || message.get(0) != NOTIFICATION) {
                        client.getOutputStream().write(message.array(), 0, message.position());
                    }
                } finally {
                    ice.readLock().unlock();
                }
            }
        } catch (IOException e) {
            // one of both has gone
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
