package io.sluice.cli.index;

import io.sluice.cli.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where products come from: a file of them, or a folder of pictures. */
interface ProductSource {
    /** What describes the pictures of a folder. */
    List<String> DESCRIPTIONS = List.of("products.ndjson", "products.jsonl", "products.json");

    /** {@return what stays the same as long as nobody touches it} */
    String fingerprint() throws IOException;

    /** {@return how many products there are, found by a look through all of it} */
    long count() throws IOException;

    /** {@return the products in their order, read as they are asked for; to be closed} */
    Stream<ProductEntry> entries() throws IOException;

    /** {@return what is at this path} */
    static ProductSource at(Path path) {
        if (!Files.isReadable(path)) {
            throw new CommandFailedException(path + " is not there, or cannot be read");
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

    /** {@return size and time of files, which change with their content} */
    static String fingerprint(Path file) throws IOException {
        return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    }
}
