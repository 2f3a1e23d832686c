package io.sluice.local.process;

import io.sluice.stack.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds free ports for processes that must know their ports before they start. Another program may still take a port
 * before the process does.
 */
public final class FreePorts {
    private static final List<String> VARIABLES =
            Arrays.stream(Part.values()).map(Part::variable).toList();

    private FreePorts() {}

    /** {@return a free port for every port variable} */
    public static Map<String, String> environment() {
        var ports = take(VARIABLES.size());
        var environment = new HashMap<String, String>();
        for (int i = 0; i < ports.size(); i++) {
            environment.put(VARIABLES.get(i), String.valueOf(ports.get(i)));
        }
        return environment;
    }

    /** {@return this many different free ports} */
    public static List<Integer> take(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (var socket : sockets) {
                close(socket);
            }
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
