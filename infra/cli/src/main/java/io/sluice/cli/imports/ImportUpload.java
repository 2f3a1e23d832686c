package io.sluice.cli.imports;

import io.sluice.cli.gateway.PatientCalls;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.http.TryAgainException;
import io.sluice.client.imports.ImportOptions;
import io.sluice.client.imports.ImportState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Sends a file to be imported. If the gateway accepts no more imports this minute, waits for its turn. */
final class ImportUpload {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int CONFLICT = 409;

    private final PatientCalls gateway;
    private final Consumer<String> notices;

    /** @param notices gets a line when it waits */
    ImportUpload(PatientCalls gateway, Consumer<String> notices) {
        this.gateway = gateway;
        this.notices = notices;
    }

    /**
     * Sends the file, and returns the id of the import.
     *
     * @param deadline a value of {@link System#nanoTime}; the verb fails when it would have to wait longer
     */
    String send(Path file, ImportOptions options, long deadline) {
        var key = UUID.randomUUID().toString();
        while (true) {
            switch (gateway.answer(client -> notInUse(client.imports().send(file, options, key)))) {
                case Success<ImportState>(var _, var state) -> {
                    return state.id();
                }
                case Refused<ImportState> refused -> awaitTurn(refused, deadline);
            }
        }
    }

    private void awaitTurn(Refused<ImportState> refused, long deadline) {
        var wait = refused.retryAfter().isZero() ? USUAL_WAIT : refused.retryAfter();
        if (refused.status() != TOO_MANY_REQUESTS || System.nanoTime() + wait.toNanos() - deadline > 0) {
            throw gateway.failed(refused);
        }
        notices.accept("%s Trying again in %d s.".formatted(refused.problem().detail(), wait.toSeconds()));
        LockSupport.parkNanos(wait.toNanos());
    }

    /** When the answer to the last try was lost, that try may still be running with the same key. */
    private static Answer<ImportState> notInUse(Answer<ImportState> answer) throws IOException {
        if (answer instanceof Refused<ImportState> refused && refused.status() == CONFLICT) {
            throw new TryAgainException(refused);
        }
        return answer;
    }
}
