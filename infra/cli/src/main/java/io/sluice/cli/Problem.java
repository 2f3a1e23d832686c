package io.sluice.cli;

import java.net.ConnectException;
import java.util.concurrent.ExecutionException;

/** What went wrong, in one line for the person at the keyboard. */
final class Problem {
    private Problem() {}

    static String oneLine(Throwable thrown) {
        var text = switch (thrown) {
            case ExecutionException e when e.getCause() != null -> oneLine(e.getCause());
            case ConnectException e -> "nobody answers (" + e.getMessage() + ")";
            case Exception e when e.getMessage() != null -> e.getMessage();
            default -> thrown.toString();
        };
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
