package io.sluice.cli;

import io.sluice.schemas.text.VisibleText;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;

/** Makes one line for a person from an exception. */
final class ErrorLine {
    private ErrorLine() {}

    static String of(Throwable thrown) {
        var text = switch (thrown) {
            case ExecutionException e when e.getCause() != null -> of(e.getCause());
            case ConnectException e -> "no answer (" + e.getMessage() + ")";
            case Exception e when e.getMessage() != null -> e.getMessage();
            default -> thrown.toString();
        };
        return VisibleText.oneLine(text);
    }
}
