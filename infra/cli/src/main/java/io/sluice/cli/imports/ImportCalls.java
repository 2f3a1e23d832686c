package io.sluice.cli.imports;

import io.sluice.cli.CommandFailedException;
import io.sluice.cli.Shell;
import io.sluice.cli.progress.Patience;
import io.sluice.client.Answer;
import io.sluice.client.SluiceClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The gateway's calls for imports: patient while it is away or has enough to do, ended by whatever else it refuses. */
final class ImportCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int CONFLICT = 409;

    private final SluiceClient client;
    private final Patience patience;
    private final Consumer<String> notices;

    /** @param notices is told why something takes longer */
    ImportCalls(Shell shell, Consumer<String> notices) {
        this.client = new SluiceClient(shell.gateway());
        this.patience = new Patience(shell.gateway(), PATIENCE, notices);
        this.notices = notices;
    }

    /** {@return the id of the import that the file has become} Waits for its turn when there are too many. */
    String send(Path file, Map<String, String> options, long deadline) {
        var key = UUID.randomUUID().toString();
        while (true) {
            var answer = patience.until(() -> notInUse(tried(client.importFile(file, options, key))));
            if (answer.status() != TOO_MANY_REQUESTS) {
                return accepted(answer).text("import_id");
            }
            var wait = answer.retryAfter().isZero() ? USUAL_WAIT : answer.retryAfter();
            if (System.nanoTime() + wait.toNanos() - deadline > 0) {
                throw new CommandFailedException(answer.problem());
            }
            notices.accept("%s Trying again in %d s.".formatted(answer.text("detail"), wait.toSeconds()));
            LockSupport.parkNanos(wait.toNanos());
        }
    }

    ImportState status(String id) {
        return ImportState.of(ask(() -> client.importStatus(id)).body());
    }

    ImportState cancel(String id) {
        var answer = patience.until(() -> tried(client.cancelImport(id)));
        return answer.status() == CONFLICT
                ? status(id)
                : ImportState.of(accepted(answer).body());
    }

    Answer list(int limit) {
        return ask(() -> client.imports(limit));
    }

    Answer rejected(String id, int limit) {
        return ask(() -> client.importErrors(id, limit));
    }

    void writeRejected(String id, Path file) {
        ask(() -> client.importErrors(id, file));
    }

    private Answer ask(Patience.Attempt<Answer> call) {
        return accepted(patience.until(() -> tried(call.make())));
    }

    /** What a server says that is busy or starting is tried again, as no answer is. */
    private static Answer tried(Answer answer) throws IOException {
        if (answer.status() / 100 == 5) {
            throw new IOException(answer.problem());
        }
        return answer;
    }

    /** The last try may still be going on, when its answer did not come. */
    private static Answer notInUse(Answer answer) throws IOException {
        if (answer.status() == CONFLICT) {
            throw new IOException(answer.problem());
        }
        return answer;
    }

    private static Answer accepted(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CommandFailedException(answer.problem());
        }
        return answer;
    }

    @Override
    public void close() {
        client.close();
    }
}
