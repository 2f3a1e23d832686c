package io.sluice.samplemodels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Writes a CLIP bundle in the Hugging Face layout: {@code vision/model.onnx}, {@code text/model.onnx},
 * {@code tokenizer.json} and {@code preprocessor_config.json}, with the inputs and outputs of the usual exports
 * ({@code pixel_values} to {@code image_embeds}; {@code input_ids} and {@code attention_mask} to {@code text_embeds}).
 * The weights are random. So cost, shapes and determinism are those of a real model, but the vectors have no meaning.
 *
 * <p>The same shape and seed give the same bytes. Weights are written to disk one at a time, so the heap must hold only
 * the largest: 101 MB for ViT-B/32. Writing that bundle takes about ten seconds.
 */
public final class ClipBundle {
    private ClipBundle() {}

    /**
     * Writes a bundle into a folder, which is created when it is missing. Existing files are replaced, each in one
     * step.
     *
     * @throws UncheckedIOException when the folder cannot be written
     */
    public static void write(Path folder, Shape shape, long seed) {
        var seeds = new SplittableRandom(seed);
        tower(folder.resolve("vision"), shape, seeds.split(), ClipTowers::vision);
        tower(folder.resolve("text"), shape, seeds.split(), ClipTowers::text);
        write(folder.resolve("tokenizer.json"), file -> Files.writeString(file, ByteTokenizer.json(shape)));
        write(folder.resolve("preprocessor_config.json"), file -> Files.writeString(file, preprocessing()));
    }

    private static void tower(Path folder, Shape shape, SplittableRandom random, BiConsumer<OnnxFile, Shape> tower) {
        write(folder.resolve(shape.precision().file()), file -> {
            try (var onnx = new OnnxFile(file, random)) {
                tower.accept(onnx, shape);
            }
        });
    }

    private interface Writer {
        void write(Path file) throws IOException;
    }

    private static void write(Path file, Writer writer) {
        try {
            Files.createDirectories(file.getParent());
            var part = file.resolveSibling(file.getFileName() + ".part");
            writer.write(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The published preprocessing of OpenAI's CLIP. */
    private static String preprocessing() {
        return """
                {
                  "crop_size": {"height": 224, "width": 224},
                  "do_center_crop": true,
                  "do_convert_rgb": true,
                  "do_normalize": true,
                  "do_rescale": true,
                  "do_resize": true,
                  "image_mean": [0.48145466, 0.4578275, 0.40821073],
                  "image_processor_type": "CLIPImageProcessor",
                  "image_std": [0.26862954, 0.26130258, 0.27577711],
                  "resample": 3,
                  "rescale_factor": 0.00392156862745098,
                  "size": {"shortest_edge": 224}
                }
                """;
    }
}
