package io.sluice.cli.gateway;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.gateway.GatewayCalls.Call;
import io.sluice.cli.session.Caller;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.http.Patience;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Calls the gateway, for verbs that run long. A call is repeated, for a limited time, while the gateway is away or answers
 * 5xx. Threads may share it.
 */
public final class PatientCalls implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final URI address;
    private final Duration bound;
    private final Caller caller;
    private final SluiceClient client;
    private final Patience patience;

    /**
     * Prepares calls.
     *
     * @param bound how long a call is repeated after it failed
     * @param notices gets a line when a call is repeated
     */
    public PatientCalls(CommandContext context, Duration bound, Consumer<String> notices) {
        this.address = context.gateway();
        this.bound = bound;
        this.caller = Caller.of(context);
        this.client = new SluiceClient(address, caller.credentials());
        this.patience = new Patience(
                bound, e -> notices.accept("%s; retrying for up to %d s".formatted(told(e), bound.toSeconds())));
    }

    /** Makes a call and returns what it asked for. The verb fails when the gateway refuses. */
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

    /**
     * Makes a call and returns the answer, which may be a refusal other than 5xx. The verb fails when the gateway refuses the
     * caller, because it would refuse every call.
     */
    public <T> Answer<T> answer(Call<T> call) {
        try {
            return accepted(patience.ask(() -> call.on(client)));
        } catch (IOException e) {
            throw gaveUp(e);
        }
    }

    /** Work with the client. An {@link IOException} asks for another try. */
    @FunctionalInterface
    public interface Work<T> {
        T with(SluiceClient client) throws IOException;
    }

    /** Repeats some work until it succeeds, and returns its result. */
    public <T> T until(Work<T> work) {
        try {
            return patience.until(() -> work.with(client));
        } catch (IOException e) {
            throw gaveUp(e);
        }
    }

    private <T> Answer<T> accepted(Answer<T> answer) {
        if (answer instanceof Refused<T> refused && isOfCaller(refused)) {
            throw failed(refused);
        }
        return answer;
    }

    /** {@return whether the gateway refuses the caller, and not what the caller sent} */
    public static boolean isOfCaller(Refused<?> refused) {
        return refused.status() == UNAUTHORIZED || refused.status() == FORBIDDEN;
    }

    private CommandFailedException gaveUp(IOException e) {
        return new CommandFailedException("gave up after %d s: %s".formatted(bound.toSeconds(), told(e)));
    }

    private String told(IOException e) {
        return "the call to the gateway at %s failed (%s)"
                .formatted(
                        address,
                        Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
    }

    @Override
    public void close() {
        client.close();
    }
}
