package io.sluice.cli;

import java.net.ConnectException;
import java.util.concurrent.ExecutionException;

/** What went wrong, in one line for the person at the keyboard. */
final class ErrorLine {
    private ErrorLine() {}

    static String of(Throwable thrown) {
        var text = switch (thrown) {
            case ExecutionException e when e.getCause() != null -> of(e.getCause());
            case ConnectException e -> "nobody answers (" + e.getMessage() + ")";
            case Exception e when e.getMessage() != null -> e.getMessage();
            default -> thrown.toString();
        };
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
