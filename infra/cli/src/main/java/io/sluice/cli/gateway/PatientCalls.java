package io.sluice.cli.gateway;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.gateway.GatewayCalls.Call;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Patience;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Calls that are tried again while the gateway is away or cannot do them now, for a bounded time: for verbs that run long.
 * Threads may share it.
 */
public final class PatientCalls implements AutoCloseable {
    private final URI address;
    private final Duration bound;
    private final SluiceClient client;
    private final Patience patience;

    /**
     * Prepares calls.
     *
     * @param bound how long a call is tried again after it failed
     * @param notices is told when a call has to be tried again
     */
    public PatientCalls(CommandContext context, Duration bound, Consumer<String> notices) {
        this.address = context.gateway();
        this.bound = bound;
        this.client = new SluiceClient(address);
        this.patience = new Patience(
                bound, e -> notices.accept("%s; trying again for up to %d s".formatted(told(e), bound.toSeconds())));
    }

    /** {@return what the call asked for} A refusal ends the verb. */
    public <T> T ask(Call<T> call) {
        return answer(call).orElseThrow(GatewayCalls::failed);
    }

    /** {@return how the gateway answers, which may be a refusal other than 5xx} */
    public <T> Answer<T> answer(Call<T> call) {
        try {
            return patience.ask(() -> call.on(client));
        } catch (IOException e) {
            throw gaveUp(e);
        }
    }

    /** Work that may take several tries. An {@link IOException} asks for another. */
    @FunctionalInterface
    public interface Work<T> {
        T with(SluiceClient client) throws IOException;
    }

    /** {@return what the work comes to} */
    public <T> T until(Work<T> work) {
        try {
            return patience.until(() -> work.with(client));
        } catch (IOException e) {
            throw gaveUp(e);
        }
    }

    private CommandFailedException gaveUp(IOException e) {
        return new CommandFailedException("gave up after %d s: %s".formatted(bound.toSeconds(), told(e)));
    }

    private String told(IOException e) {
        return "the gateway at %s did not take it (%s)"
                .formatted(
                        address,
                        Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
    }

    @Override
    public void close() {
        client.close();
    }
}
