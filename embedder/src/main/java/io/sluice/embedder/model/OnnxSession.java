package io.sluice.embedder.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sluice.embedder.platform.NativeEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A network loaded once and run by many threads, each run on its caller's thread alone: threads inside a run would fight
 * over shared cores, and a second session would double the weights.
 */
final class OnnxSession implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final String HIDDEN_STATES = "last_hidden_state";

    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxSession(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** Token ids and the mask over them, row by row; the rows are of one length. */
    static final class Inputs {
        private final long[] ids;
        private final long[] mask;

        Inputs(long[] ids, long[] mask) {
            this.ids = ids;
            this.mask = mask;
        }
    }

    static OnnxSession fromResource(String name) {
        // Otherwise it reports its use to its makers, and to do so takes the command line apart by a regular expression
        // that overflows the stack, and so kills the JVM, when there are more than some 4,000 characters in it.
        NativeEnvironment.setIfAbsent("ORT_DISABLE_TELEMETRY", "1");
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var arena = Arena.ofConfined()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new OnnxSession(environment, environment.createSession(read(name, arena), options));
        } catch (OrtException e) {
            throw new IllegalStateException("cannot load the model " + name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** {@return the last hidden state of every token: rows x length x width} */
    float[] hiddenStates(Inputs inputs, int rows, int length, int width) {
        try (var arena = Arena.ofConfined();
                var tensors = new Tensors()) {
            var shape = new long[] {rows, length};
            tensors.add(IDS, OnnxTensor.createTensor(environment, direct(arena, inputs.ids), shape));
            tensors.add(MASK, OnnxTensor.createTensor(environment, direct(arena, inputs.mask), shape));
            tensors.add(TYPES, OnnxTensor.createTensor(environment, direct(arena, new long[rows * length]), shape));
            var states = new float[rows * length * width];
            var memory = arena.allocate(ValueLayout.JAVA_FLOAT, states.length);
            var output = memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
            try (var pinned = OnnxTensor.createTensor(environment, output, new long[] {rows, length, width});
                    var _ = session.run(tensors.byName, Set.of(), Map.of(HIDDEN_STATES, pinned))) {
                output.get(0, states);
                return states;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model failed", e);
        }
    }

    private static LongBuffer direct(Arena arena, long[] values) {
        return arena.allocateFrom(ValueLayout.JAVA_LONG, values)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
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

    /** Input tensors that are closed together. */
    private static final class Tensors implements AutoCloseable {
        private final Map<String, OnnxTensor> byName = new HashMap<>();

        void add(String name, OnnxTensor tensor) {
            byName.put(name, tensor);
        }

        @Override
        public void close() {
            byName.values().forEach(OnnxTensor::close);
        }
    }
}
