package io.sluice.cli.gateway;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Problem;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;

/** Calls the gateway, one try a call. The verb fails when the gateway refuses or does not answer. */
public final class GatewayCalls implements AutoCloseable {
    private final URI address;
    private final SluiceClient client;

    public GatewayCalls(CommandContext context) {
        this.address = context.gateway();
        this.client = new SluiceClient(address);
    }

    /** One call. */
    @FunctionalInterface
    public interface Call<T> {
        Answer<T> on(SluiceClient client) throws IOException;
    }

    /** Makes a call and returns what it asked for. */
    public <T> T ask(Call<T> call) {
        try {
            return call.on(client).orElseThrow(GatewayCalls::failed);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the gateway at %s cannot be reached (%s): is it up, and is SLUICE_URL right?"
                            .formatted(address, Objects.requireNonNullElse(e.getMessage(), e)));
        }
    }

    static CommandFailedException failed(Problem problem) {
        return new CommandFailedException(problem.toString());
    }

    @Override
    public void close() {
        client.close();
    }
}
