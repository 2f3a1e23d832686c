package io.sluice.embedder.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One run of a network. The inputs and the output are in native memory, where the network reads and writes them without
 * a copy. New buffers contain zeros. Closing the run frees them.
 */
final class OnnxRun implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Arena arena = Arena.ofConfined();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();

    OnnxRun(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** {@return an input of whole numbers, to be filled by index} */
    LongBuffer longs(String input, long... shape) {
        var buffer = allocate(Long.BYTES, shape).asLongBuffer();
        try {
            inputs.put(input, OnnxTensor.createTensor(environment, buffer, shape));
            return buffer;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** {@return an input of floats, to be filled by index} */
    FloatBuffer floats(String input, long... shape) {
        var buffer = allocate(Float.BYTES, shape).asFloatBuffer();
        try {
            inputs.put(input, OnnxTensor.createTensor(environment, buffer, shape));
            return buffer;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** {@return the values of the output, row by row} */
    float[] run(String output, long... shape) {
        var buffer = allocate(Float.BYTES, shape).asFloatBuffer();
        try (var pinned = OnnxTensor.createTensor(environment, buffer, shape);
                var _ = session.run(inputs, Set.of(), Map.of(output, pinned))) {
            var values = new float[buffer.capacity()];
            buffer.get(0, values);
            return values;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** {@return the shape that the output has for these inputs} */
    long[] shapeOf(String output) {
        try (var result = session.run(inputs, Set.of(output))) {
            return ((OnnxTensor) result.get(0)).getInfo().getShape();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private ByteBuffer allocate(int bytes, long... shape) {
        var count = Arrays.stream(shape).reduce(bytes, Math::multiplyExact);
        return arena.allocate(count, bytes).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static IllegalStateException failed(OrtException e) {
        return new IllegalStateException("the model failed", e);
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        arena.close();
    }
}
