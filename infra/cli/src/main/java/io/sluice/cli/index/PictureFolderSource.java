package io.sluice.cli.index;

import io.sluice.cli.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of pictures. Each picture is a product, whose id and name come from the name of the file. */
record PictureFolderSource(Path folder) implements ProductSource {
    /** File names of pictures. The gateway decides by the bytes whether it accepts one. */
    private static final Pattern PICTURE =
            Pattern.compile("[^.].*\\.(jpe?g|png|webp|gif|heic|heif|avif|tiff?|bmp|svg)", Pattern.CASE_INSENSITIVE);

    private static final Pattern EXTENSION = Pattern.compile("\\.[^.]*$");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[-_\\s]+");

    @Override
    public String fingerprint() throws IOException {
        var all = new StringBuilder();
        for (var picture : pictures()) {
            all.append(ProductSource.fingerprint(picture)).append('\n');
        }
        return Integer.toHexString(all.toString().hashCode());
    }

    @Override
    public long count() throws IOException {
        var count = pictures().size();
        if (count == 0) {
            throw new CommandFailedException("%s has neither pictures (JPEG, PNG, WebP, GIF) nor %s"
                    .formatted(folder, String.join(", ", DESCRIPTIONS)));
        }
        return count;
    }

    @Override
    public Stream<ProductEntry> entries() throws IOException {
        var placesById = new HashMap<String, String>();
        return pictures().stream().map(picture -> entry(picture, placesById));
    }

    private List<Path> pictures() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            PICTURE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Makes an entry. If two files would be one product, the second is rejected, so that it does not replace the first. */
    private ProductEntry entry(Path picture, Map<String, String> placesById) {
        var relative = folder.relativize(picture);
        var stem = EXTENSION.matcher(relative.toString()).replaceFirst("");
        var id = stem.replace(relative.getFileSystem().getSeparator(), "-");
        var other = placesById.putIfAbsent(id, relative.toString());
        if (other != null) {
            return new ProductEntry.Wrong(
                    relative.toString(), id, "would be the same product as " + other + ": give it another name");
        }
        var words = BETWEEN_WORDS.matcher(stem.replace(relative.getFileSystem().getSeparator(), " "));
        var name = capitalized(words.replaceAll(" ").strip());
        return new ProductEntry.Pictured(
                relative.toString(), id, Map.of("product_id", id, "name", name, "description", name), picture);
    }

    private static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
