package io.sluice.cli.index;

import io.sluice.cli.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A source of products: a file of products or a folder of pictures. */
interface ProductSource {
    /** Names of the files that can describe the pictures of a folder. */
    List<String> DESCRIPTIONS = List.of("products.ndjson", "products.jsonl", "products.json");

    /** {@return a text that changes when the source changes} */
    String fingerprint() throws IOException;

    /** Counts the products by reading the whole source. */
    long count() throws IOException;

    /** Returns the products in order. They are read as the stream is consumed; the caller closes it. */
    Stream<ProductEntry> entries() throws IOException;

    /** {@return the source at a path} */
    static ProductSource at(Path path) {
        if (!Files.isReadable(path)) {
            throw new CommandFailedException(path + " does not exist, or cannot be read");
        }
        if (!Files.isDirectory(path)) {
            return new ProductFileSource(path);
        }
        return DESCRIPTIONS.stream()
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .<ProductSource>map(ProductFileSource::new)
                .orElseGet(() -> new PictureFolderSource(path));
    }

    /** {@return the path, the size and the time of a file} */
    static String fingerprint(Path file) throws IOException {
        return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    }
}
