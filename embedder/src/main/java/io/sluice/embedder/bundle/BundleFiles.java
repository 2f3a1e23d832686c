package io.sluice.embedder.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a CLIP bundle in a folder. Published exports have these layouts:
 *
 * <pre>
 * vision/model.onnx  text/model.onnx  tokenizer.json  preprocessor_config.json
 * (name)-vision/model.onnx and preprocessor_config.json, (name)-text/model.onnx and tokenizer.json
 * onnx/vision_model.onnx  onnx/text_model.onnx  tokenizer.json  preprocessor_config.json
 * </pre>
 *
 * @param tokenizerConfig more settings of the tokenizer; not every export has this file
 */
record BundleFiles(
        Path folder, Path vision, Path text, Path tokenizer, Optional<Path> tokenizerConfig, Path preprocessing) {

    static BundleFiles in(Path folder, Precision precision) {
        if (!Files.isDirectory(folder)) {
            throw new UnusableModelException("There is no folder " + folder
                    + ": set EMBEDDER_MODEL to the folder of a bundle, to a name that ./sluice models list shows, or"
                    + " to builtin");
        }
        var vision = towers(folder, "vision");
        var text = towers(folder, "text");
        return new BundleFiles(
                folder,
                network(folder, vision, "vision", precision),
                network(folder, text, "text", precision),
                required(folder, text, "tokenizer.json"),
                find(folder, text, "tokenizer_config.json"),
                required(folder, vision, "preprocessor_config.json"));
    }

    /** {@return whether this precision is int8 and the folder also has fp32 networks: it holds two models then} */
    static boolean isSecondOf(Path folder, Precision precision) {
        return precision == Precision.INT8
                && findNetwork(folder, towers(folder, "vision"), "vision", Precision.FP32)
                        .isPresent();
    }

    /** {@return all files that change the vectors} */
    List<Path> all() {
        var all = new ArrayList<>(List.of(vision, text, tokenizer, preprocessing));
        tokenizerConfig.ifPresent(all::add);
        all.addAll(weightsBeside(vision));
        all.addAll(weightsBeside(text));
        return all;
    }

    /** A large network may have its weights in a separate file: {@code model.onnx_data} or {@code model.onnx.data}. */
    private static List<Path> weightsBeside(Path network) {
        var name = network.getFileName().toString();
        return Stream.of(name + "_data", name + ".data")
                .map(network::resolveSibling)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** {@return the name of a file inside the bundle, with slashes} */
    static String nameIn(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> towers(Path folder, String tower) {
        try (var inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory)
                    .filter(path -> {
                        var name = path.getFileName().toString();
                        return name.equals(tower) || name.endsWith("-" + tower);
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw JsonFile.unreadable(folder, e);
        }
    }

    private static Path network(Path folder, List<Path> towers, String tower, Precision precision) {
        return findNetwork(folder, towers, tower, precision).orElseThrow(() -> {
            var missing = "The model in %s has no %s/%s: "
                    .formatted(folder, tower, precision.files().getFirst());
            return new UnusableModelException(Stream.of(Precision.FP32, Precision.INT8)
                    .filter(other -> findNetwork(folder, towers, tower, other).isPresent())
                    .findFirst()
                    .map(other -> missing + "it has that network as " + other.setting()
                            + ", so set EMBEDDER_PRECISION to " + other.setting())
                    .orElse(missing + "copy or pull the complete model again"));
        });
    }

    private static Optional<Path> findNetwork(Path folder, List<Path> towers, String tower, Precision precision) {
        for (var name : precision.files()) {
            var found = find(folder.resolve("onnx"), towers, tower + "_" + name).or(() -> find(towers, name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Path required(Path folder, List<Path> towers, String name) {
        return find(folder, towers, name)
                .orElseThrow(() -> new UnusableModelException(
                        "The model in %s has no %s: copy or pull the complete model again".formatted(folder, name)));
    }

    private static Optional<Path> find(Path folder, List<Path> towers, String name) {
        var file = folder.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(file) : find(towers, name);
    }

    private static Optional<Path> find(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
