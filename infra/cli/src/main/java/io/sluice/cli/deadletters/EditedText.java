package io.sluice.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A corrected value.
 *
 * @param kept the temporary file that has it; null when the user has it in a file already
 */
record EditedText(String content, @Nullable Path kept) {
    /** Reads the text from a file; {@code -} is standard input. */
    static EditedText from(CommandContext context, String file) throws IOException {
        if (file.equals("-")) {
            return new EditedText(new String(context.in().readAllBytes(), UTF_8), null);
        }
        if (!Files.isRegularFile(Path.of(file))) {
            throw new CommandFailedException(file + " is not a file");
        }
        return new EditedText(Files.readString(Path.of(file)), null);
    }

    /** {@return the end of a message: where the text is, so that it is not typed again; empty when the user knows} */
    String whereItIs() {
        return kept == null ? "" : ". Your text is in %s: correct it, and give it by --file".formatted(kept);
    }

    /** Deletes the temporary file, because it is not needed any more. */
    void delete() throws IOException {
        if (kept != null) {
            Files.deleteIfExists(kept);
            Files.deleteIfExists(Objects.requireNonNull(kept.getParent()));
        }
    }
}
