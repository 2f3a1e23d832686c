package io.sluice.cli.deadletters;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The user's editor.
 *
 * @param command a command of the shell, such as {@code code --wait}
 */
record Editor(String command) {
    /** Returns the editor of the environment. The verb fails when there is none. */
    static Editor of(CommandContext context) {
        return new Editor(context.variable("VISUAL")
                .or(() -> context.variable("EDITOR"))
                .orElseThrow(() -> new CommandFailedException(
                        "there is no editor: set EDITOR, or give the corrected value by --file")));
    }

    /** Lets the user change a text. The verb fails when the editor fails, or the text is the same afterwards. */
    EditedText edit(String text, String fileName) throws IOException, InterruptedException {
        // a folder of its own, which only the user can read: a value may be private
        var folder = Files.createTempDirectory("sluice-");
        var file = Files.writeString(folder.resolve(fileName), text + "\n");
        var status = new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", file.toString())
                .inheritIO()
                .start()
                .waitFor();
        var edited = new EditedText(Files.readString(file), file);
        if (status != 0) {
            edited.delete();
            throw new CommandFailedException(
                    "the editor '%s' ended with status %d, so nothing was sent".formatted(command, status));
        }
        if (edited.content().strip().equals(text.strip())) {
            edited.delete();
            throw new CommandFailedException(
                    "nothing was changed, so nothing was sent; redrive sends a letter back as it is");
        }
        return edited;
    }
}
