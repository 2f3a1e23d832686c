package io.sluice.embedder.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sluice.embedder.bundle.UnusableModelException;
import io.sluice.pictures.platform.NativeEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that is loaded once and run by many threads. Each run uses only its caller's thread, because more threads
 * inside a run would compete for the same cores. There is one session, because a second one would double the memory for
 * the weights.
 */
final class OnnxSession implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxSession(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /**
     * An input or output of the network.
     *
     * @param shape its dimensions; -1 means that the caller chooses
     */
    record Slot(String name, OnnxJavaType type, List<Long> shape) {
        /** {@return the size of a dimension, or 0 when the caller chooses it} */
        int fixed(int dimension) {
            return Math.toIntExact(Math.max(0, shape.get(dimension)));
        }
    }

    private interface Loading {
        OrtSession with(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException, IOException;
    }

    /** {@return the network in a file on the class path} */
    static OnnxSession fromResource(String name, Provider provider) {
        try (var arena = Arena.ofConfined()) {
            return load(provider, (environment, options) -> environment.createSession(read(name, arena), options));
        } catch (OrtException e) {
            throw new IllegalStateException("cannot load the model " + name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Loads the network in a file.
     * @throws UnusableModelException when the file is not an ONNX network
     */
    static OnnxSession fromFile(Path file, Provider provider) {
        try {
            return load(provider, (environment, options) -> environment.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new UnusableModelException(
                    "%s cannot be loaded as an ONNX network (%s): copy or pull the file again"
                            .formatted(file, firstLine(e)),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OnnxSession load(Provider provider, Loading loading) throws OrtException, IOException {
        // Otherwise ONNX Runtime sends telemetry. To do so it parses the command line with a regular expression that
        // overflows the stack, and so kills the JVM, when the command line has more than about 4,000 characters.
        NativeEnvironment.setIfAbsent("ORT_DISABLE_TELEMETRY", "1");
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // failures are thrown, so they need not be on standard error too
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            provider.applyTo(options);
            return new OnnxSession(environment, loading.with(environment, options));
        }
    }

    /** Reads the file into native memory, which is freed when the session has loaded the network. */
    private static ByteBuffer read(String name, Arena arena) throws IOException {
        try (var stream = ClassPath.open(name)) {
            var size = ClassPath.size(name);
            var buffer = arena.allocate(size).asByteBuffer();
            var channel = Channels.newChannel(stream);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // read on
            }
            return buffer.flip();
        }
    }

    /** {@return the inputs by name} */
    Map<String, Slot> inputs() {
        try {
            return slots(session.getInputInfo().values());
        } catch (OrtException e) {
            throw new IllegalStateException("cannot ask the model for its inputs", e);
        }
    }

    /** {@return the outputs by name} */
    Map<String, Slot> outputs() {
        try {
            return slots(session.getOutputInfo().values());
        } catch (OrtException e) {
            throw new IllegalStateException("cannot ask the model for its outputs", e);
        }
    }

    private static Map<String, Slot> slots(Collection<NodeInfo> nodes) {
        var slots = new LinkedHashMap<String, Slot>();
        for (var node : nodes) {
            if (node.getInfo() instanceof TensorInfo tensor) {
                var shape = Arrays.stream(tensor.getShape()).boxed().toList();
                slots.put(node.getName(), new Slot(node.getName(), tensor.type, shape));
            }
        }
        return slots;
    }

    /** Prepares one run. The caller fills its inputs, runs it and closes it, all in one thread. */
    OnnxRun prepare() {
        return new OnnxRun(environment, session);
    }

    /** {@return the first line of ONNX Runtime's message, at most 160 characters} */
    static String firstLine(Exception e) {
        var said = e.getCause() instanceof OrtException cause ? cause : e;
        var message = String.valueOf(said.getMessage()).lines().findFirst().orElse("");
        return message.length() > 160 ? message.substring(0, 160) + "…" : message;
    }

    /** Must be called once, when no run is in flight. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close the model", e);
        }
    }
}
