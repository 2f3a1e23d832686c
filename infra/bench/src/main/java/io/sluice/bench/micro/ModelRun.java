package io.sluice.bench.micro;

import io.sluice.bench.load.Pictures;
import io.sluice.bench.load.SampleModel;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.Picture;
import io.sluice.schemas.product.Embedding;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The model alone: framed pictures and texts in, vectors out. */
@State(Scope.Benchmark)
public class ModelRun {
    @Param(SampleModel.BUILTIN)
    public String model = SampleModel.BUILTIN;

    @Param("8")
    public int batch;

    private @Nullable EmbeddingModel loaded;
    private List<String> texts = List.of();
    private List<Picture> pictures = List.of();

    /** Loads the model, which takes a second or two. */
    @Setup
    public void load() {
        var sample = new SampleModel(model);
        var fresh = sample.load();
        loaded = fresh;
        texts = IntStream.range(0, batch)
                .mapToObj(i -> sample.description("text-" + i))
                .toList();
        var decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));
        pictures = IntStream.range(0, batch)
                .mapToObj(i -> decoder.decode(Pictures.jpeg(i, 640, 480), fresh.framing()))
                .toList();
    }

    /** Frees its native memory. */
    @TearDown
    public void close() {
        loaded().close();
    }

    /** Embeds a batch of texts of about twenty tokens. */
    @Benchmark
    public List<Embedding> texts() {
        return loaded().embedTexts(texts);
    }

    /** Embeds a batch of decoded pictures. */
    @Benchmark
    public List<Embedding> pictures() {
        return loaded().embedImages(pictures);
    }

    private EmbeddingModel loaded() {
        return Objects.requireNonNull(loaded);
    }
}
