package io.sluice.samplemodels;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes an ONNX file. It names and connects operators as they are added, and writes weights to disk at once.
 *
 * <p>When protobuf messages of one type follow each other in a stream, a reader merges them into one message. So each
 * weight is written as a model with only that weight, and the operators are written last.
 */
final class OnnxFile implements AutoCloseable {
    private static final int OPSET = 17;

    private final OutputStream out;
    private final SplittableRandom random;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("clip-random");
    private int names;

    OnnxFile(Path file, SplittableRandom random) throws IOException {
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        this.random = random;
    }

    /** An attribute of an operator: a parameter that is not an input. */
    record Attribute(String name, Object value) {
        AttributeProto proto() {
            var proto = AttributeProto.newBuilder().setName(name);
            return switch (value) {
                case Integer i ->
                    proto.setType(AttributeProto.AttributeType.INT).setI(i).build();
                case Float f ->
                    proto.setType(AttributeProto.AttributeType.FLOAT).setF(f).build();
                case int[] ints ->
                    proto.setType(AttributeProto.AttributeType.INTS)
                            .addAllInts(
                                    Arrays.stream(ints).mapToObj(Long::valueOf).toList())
                            .build();
                default -> throw new IllegalArgumentException(name + " = " + value);
            };
        }
    }

    static Attribute with(String name, Object value) {
        return new Attribute(name, value);
    }

    /** {@return the result of an operator with one output} */
    String add(String operator, List<String> inputs, Attribute... attributes) {
        var output = operator + "_" + names++;
        node(operator, inputs, List.of(output), attributes);
        return output;
    }

    /** {@return the results of an operator with several outputs} */
    List<String> add(String operator, List<String> inputs, int outputs) {
        var name = operator + "_" + names++;
        var results = IntStream.range(0, outputs).mapToObj(i -> name + ":" + i).toList();
        node(operator, inputs, results);
        return results;
    }

    private void node(String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
        var node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName(outputs.getFirst())
                .addAllInput(inputs)
                .addAllOutput(outputs);
        for (var attribute : attributes) {
            node.addAttribute(attribute.proto());
        }
        graph.addNode(node);
    }

    /** Declares an input of floats. A dimension is a number, or a name when its size may vary. */
    void floatInput(String name, Object... dimensions) {
        graph.addInput(value(name, DataType.FLOAT, dimensions));
    }

    /** Declares an input of 64-bit integers. Dimensions are as in {@link #floatInput}. */
    void longInput(String name, Object... dimensions) {
        graph.addInput(value(name, DataType.INT64, dimensions));
    }

    /** Declares a result as an output of the model, under this name. */
    void floatOutput(String name, String result, Object... dimensions) {
        node("Identity", List.of(result), List.of(name));
        graph.addOutput(value(name, DataType.FLOAT, dimensions));
    }

    private static ValueInfoProto value(String name, DataType type, Object... dimensions) {
        var shape = TensorShapeProto.newBuilder();
        for (var dimension : dimensions) {
            shape.addDim(
                    switch (dimension) {
                        case Integer size -> Dimension.newBuilder().setDimValue(size);
                        default -> Dimension.newBuilder().setDimParam(dimension.toString());
                    });
        }
        var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /**
     * {@return the name of a weight tensor of random numbers with mean 0, nearly normal (each is a sum of four uniform
     * numbers)}
     */
    String random(double deviation, int... dimensions) {
        var weights = bytes(size(dimensions) * Float.BYTES);
        while (weights.hasRemaining()) {
            weights.putFloat((float) (draw() * deviation));
        }
        return tensor(DataType.FLOAT, weights, dimensions);
    }

    /** {@return a random number of a distribution with mean 0 and standard deviation 1} */
    double draw() {
        var bits = random.nextLong();
        var sum = (bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + ((bits >>> 48) & 0xFFFF);
        return (sum / 65536.0 - 2) * Math.sqrt(3);
    }

    String floats(float[] values, int... dimensions) {
        var bytes = bytes(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return tensor(DataType.FLOAT, bytes, dimensions);
    }

    String same(float value, int count) {
        var values = new float[count];
        Arrays.fill(values, value);
        return floats(values, count);
    }

    String scalar(float value) {
        return floats(new float[] {value});
    }

    /** {@return the name of a list of integers, such as a shape, axes or starts} */
    String longs(long... values) {
        var bytes = bytes(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return tensor(DataType.INT64, bytes, values.length);
    }

    String scalar(long value) {
        return tensor(DataType.INT64, bytes(Long.BYTES).putLong(value));
    }

    String int8(byte[] values, int... dimensions) {
        return tensor(DataType.INT8, ByteBuffer.wrap(values), dimensions);
    }

    private String tensor(DataType type, ByteBuffer data, int... dimensions) {
        var name = "w_" + names++;
        var tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(Arrays.stream(dimensions).mapToObj(Long::valueOf).toList())
                .setRawData(UnsafeByteOperations.unsafeWrap(data.rewind()));
        write(ModelProto.newBuilder().setGraph(GraphProto.newBuilder().addInitializer(tensor)));
        return name;
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int size(int... dimensions) {
        return Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
    }

    private void write(ModelProto.Builder part) {
        try {
            part.build().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the operators. Without them the file is not a valid model. */
    @Override
    public void close() throws IOException {
        try (out) {
            write(ModelProto.newBuilder()
                    .setIrVersion(8)
                    .setProducerName("sluice-sample-models")
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                    .setGraph(graph));
        }
    }
}
