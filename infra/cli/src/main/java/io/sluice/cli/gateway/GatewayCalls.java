package io.sluice.cli.gateway;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.session.Caller;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;

/** Calls the gateway, one try a call. The verb fails when the gateway refuses or does not answer. */
public final class GatewayCalls implements AutoCloseable {
    private final URI address;
    private final Caller caller;
    private final SluiceClient client;

    public GatewayCalls(CommandContext context) {
        this.address = context.gateway();
        this.caller = Caller.of(context);
        this.client = new SluiceClient(address, caller.credentials());
    }

    /** One call. */
    @FunctionalInterface
    public interface Call<T> {
        Answer<T> on(SluiceClient client) throws IOException;
    }

    /** Makes a call and returns what it asked for. */
    public <T> T ask(Call<T> call) {
        return switch (answer(call)) {
            case Success<T>(var _, var value) -> value;
            case Refused<T> refused -> throw failed(refused);
        };
    }

    /** {@return the failure of a verb because of a refusal: the problem, and what to do about it} */
    public CommandFailedException failed(Refused<?> refused) {
        return caller.failed(address, refused);
    }

    /** Makes a call and returns the answer, which may be a refusal. */
    public <T> Answer<T> answer(Call<T> call) {
        try {
            return call.on(client);
        } catch (IOException e) {
            throw noAnswer(address, e);
        }
    }

    /** {@return the failure of a verb whose call was not answered} */
    public static CommandFailedException noAnswer(URI address, IOException e) {
        return new CommandFailedException("the gateway at %s cannot be reached (%s): is it up, and is SLUICE_URL right?"
                .formatted(address, Objects.requireNonNullElse(e.getMessage(), e)));
    }

    @Override
    public void close() {
        client.close();
    }
}
