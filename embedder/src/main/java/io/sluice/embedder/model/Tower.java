package io.sluice.embedder.model;

import ai.onnxruntime.OnnxJavaType;
import io.sluice.embedder.bundle.UnusableModelException;
import io.sluice.embedder.model.OnnxSession.Slot;
import io.sluice.schemas.product.Embedding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** One of the two networks of CLIP. It turns inputs of one kind into vectors of one dimension. */
final class Tower<T> implements AutoCloseable {
    /**
     * Larger than the difference that rounding makes between two vectors of length 1, and smaller than that of
     * quantizing.
     */
    private static final double APART = 1e-4;

    private final Path file;
    private final OnnxSession session;
    private final Feed<T> feed;
    private final Set<String> inputs;
    private final String output;
    private final int batch;
    private final int dimension;
    private final boolean oneByOne;

    /**
     * Checks the network, and finds the dimension of its vectors and whether a vector depends on the other inputs of
     * its run. It does when activations are quantized by the value range of a run. Such a network gets one input in
     * each run.
     *
     * @param samples three different inputs
     * @param companion the name of the file that describes the inputs, for the message when they do not fit
     * @throws UnusableModelException when the network is not of this kind
     */
    Tower(Path file, OnnxSession session, Feed<T> feed, List<T> samples, String companion) {
        this.file = file;
        this.session = session;
        this.feed = feed;
        this.inputs = session.inputs().keySet();
        if (!inputs.contains(feed.main()) || !feed.known().containsAll(inputs)) {
            throw unusable(
                    "takes %s, where a network of this kind takes %s".formatted(names(inputs), names(feed.known())));
        }
        session.inputs().values().forEach(slot -> requireType(slot, feed.type()));
        this.batch = slot(session, feed.main()).fixed(0);
        this.output = output(session.outputs());
        requireType(Objects.requireNonNull(session.outputs().get(output)), OnnxJavaType.FLOAT);
        try {
            this.dimension = dimension(samples.getFirst());
            this.oneByOne = batch != 1 && dependsOnOtherInputs(samples);
        } catch (UnusableModelException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new UnusableModelException(
                    "%s cannot be run with what %s says (%s): copy the %s that belongs to the network"
                            .formatted(file, companion, OnnxSession.firstLine(e), companion),
                    e);
        }
    }

    /** {@return an input that the network has} */
    static Slot slot(OnnxSession session, String input) {
        return Objects.requireNonNull(session.inputs().get(input));
    }

    private String output(Map<String, Slot> outputs) {
        if (outputs.containsKey(feed.output())) {
            return feed.output();
        }
        var flat = outputs.values().stream()
                .filter(slot -> slot.shape().size() == 2)
                .map(Slot::name)
                .toList();
        if (flat.size() != 1) {
            throw unusable("gives %s, where a network of this kind gives %s"
                    .formatted(names(outputs.keySet()), feed.output()));
        }
        return flat.getFirst();
    }

    private void requireType(Slot slot, OnnxJavaType type) {
        if (slot.type() != type) {
            throw unusable(
                    "has %s as %s, where a network of this kind has %s".formatted(slot.name(), slot.type(), type));
        }
    }

    private UnusableModelException unusable(String what) {
        return new UnusableModelException(
                "%s %s: export the model as CLIP's two towers with their projections, or pull another"
                        .formatted(file, what));
    }

    private static String names(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private int dimension(T sample) {
        try (var run = session.prepare()) {
            feed.fill(run, List.of(sample), Math.max(1, batch), inputs);
            return Math.toIntExact(run.shapeOf(output)[1]);
        }
    }

    private boolean dependsOnOtherInputs(List<T> samples) {
        var together = run(samples.subList(0, batch > 0 ? Math.min(batch, samples.size()) : samples.size()));
        var alone = run(samples.subList(0, 1));
        var first = together.getFirst().toArray();
        var same = alone.getFirst().toArray();
        return IntStream.range(0, dimension).anyMatch(i -> Math.abs(first[i] - same[i]) > APART);
    }

    /** {@return the number of dimensions of a vector} */
    int dimension() {
        return dimension;
    }

    /** {@return a vector of length 1 for each input, in order} */
    List<Embedding> embed(List<T> all) {
        var largest = batch > 0 ? batch : Math.max(1, all.size());
        var step = oneByOne ? 1 : largest;
        var embeddings = new ArrayList<Embedding>(all.size());
        for (int from = 0; from < all.size(); from += step) {
            embeddings.addAll(run(all.subList(from, Math.min(all.size(), from + step))));
        }
        return embeddings;
    }

    private List<Embedding> run(List<T> some) {
        var rows = batch > 0 ? batch : some.size();
        try (var run = session.prepare()) {
            feed.fill(run, some, rows, inputs);
            var vectors = run.run(output, rows, dimension);
            return IntStream.range(0, some.size())
                    .mapToObj(row -> UnitVectors.ofRow(vectors, row, dimension))
                    .toList();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
