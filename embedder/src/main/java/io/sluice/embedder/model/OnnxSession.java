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
 * A network loaded once and run by many threads, each run on its caller's thread alone: threads inside a run would fight
 * over shared cores, and a second session would double the weights.
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
     * @param shape its dimensions; -1 is the caller's choice
     */
    record Slot(String name, OnnxJavaType type, List<Long> shape) {
        /** {@return a dimension, or 0 where it is the caller's choice} */
        int fixed(int dimension) {
            return Math.toIntExact(Math.max(0, shape.get(dimension)));
        }
    }

    private interface Loading {
        OrtSession with(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException, IOException;
    }

    /** {@return the network in a jar} */
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
     *
     * @throws UnusableModelException when it is none
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
        // Otherwise it reports its use to its makers, and to do so takes the command line apart by a regular expression
        // that overflows the stack, and so kills the JVM, when there are more than some 4,000 characters in it.
        NativeEnvironment.setIfAbsent("ORT_DISABLE_TELEMETRY", "1");
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // what fails is thrown; it need not be on standard error too
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            provider.applyTo(options);
            return new OnnxSession(environment, loading.with(environment, options));
        }
    }

    /** Off the heap, and gone when the session has taken what it needs. */
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

    /** {@return room for one run's inputs and output; the caller fills it, runs it and closes it, in one thread} */
    OnnxRun prepare() {
        return new OnnxRun(environment, session);
    }

    /** {@return what ONNX Runtime said, as far as it fits into a sentence} */
    static String firstLine(Exception e) {
        var said = e.getCause() instanceof OrtException cause ? cause : e;
        var message = String.valueOf(said.getMessage()).lines().findFirst().orElse("");
        return message.length() > 160 ? message.substring(0, 160) + "…" : message;
    }

    /** To be called once, when no run is in flight. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close the model", e);
        }
    }
}
