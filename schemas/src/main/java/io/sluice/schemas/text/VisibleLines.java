package io.sluice.schemas.text;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a program shows to a person, or passes to another program. Texts may come from records and files, and
 * could hide, forge or overwrite lines of a terminal. So each text is shown as {@link VisibleText}, whoever wrote it: a
 * control character reaches the stream only from the methods here. Numbers are written in the same way on every
 * machine.
 */
public final class VisibleLines {
    private static final String BACK_AND_CLEAR = "\r\u001B[K";

    private final PrintStream stream;

    /** Makes lines of a stream in UTF-8. */
    public VisibleLines(PrintStream stream) {
        this.stream = stream;
    }

    /** Prints a text as one line. */
    public void println(String line) {
        stream.println(VisibleText.of(line));
    }

    /** Prints an empty line. */
    public void println() {
        stream.println();
    }

    /**
     * Prints arguments in a format. Line breaks come only from the format.
     *
     * @param format as for {@link String#format}; a constant of the program, never a text from elsewhere
     */
    public void printf(String format, @Nullable Object... arguments) {
        stream.printf(
                Locale.ROOT,
                format,
                Arrays.stream(arguments).map(VisibleLines::visible).toArray());
    }

    /** Numbers and the like have formats of their own. Anything else is shown as its text. */
    private static @Nullable Object visible(@Nullable Object argument) {
        return switch (argument) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth;
            default -> VisibleText.of(argument.toString());
        };
    }

    /** Replaces the line that a terminal shows at its end. */
    public void overwrite(String line) {
        stream.print(BACK_AND_CLEAR + VisibleText.of(line));
        stream.flush();
    }

    /** Removes the line that was shown with {@link #overwrite}. */
    public void clearLine() {
        stream.print(BACK_AND_CLEAR);
        stream.flush();
    }

    /** {@return whether nobody reads the lines any more} */
    public boolean checkError() {
        return stream.checkError();
    }

    /** {@return a writer to the same stream for the help of verbs, which is styled. It must not get other texts} */
    public PrintWriter helpWriter() {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
