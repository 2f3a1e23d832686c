package io.sluice.cli.watch;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.gateway.GatewayCalls.Call;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.session.Caller;
import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Me;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.http.UnexpectedAnswerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the gateway, and repeats a call as long as the gateway is away, asks to wait, or has ended the caller's session. It
 * says so once, and once more when the gateway answers again.
 */
final class WatchGateway implements AutoCloseable {
    /** The notice that the gateway asks to wait. */
    static final String BUSY = "busy";

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int BREAKS = 3;
    private static final int SERVER_ERROR = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI address;
    private final Caller caller;
    private final SluiceClient client;
    private final Optional<Duration> patience;
    private final Pace pace;
    private final WatchReport report;
    private @Nullable Trouble trouble;
    private boolean wasAccepted;

    /** @param patience how long a call is repeated while the gateway is away; empty for as long as it takes */
    WatchGateway(CommandContext context, Optional<Duration> patience, Pace pace, WatchReport report) {
        this.address = context.gateway();
        this.caller = Caller.of(context);
        this.client = new SluiceClient(address, caller.credentials());
        this.patience = patience;
        this.pace = pace;
        this.report = report;
    }

    /** Why a call must be repeated. */
    private enum Kind {
        AWAY("; trying again until it answers"),
        BUSY("; waiting as it asks"),
        SIGNED_OUT("; waiting until you have");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }
    }

    private sealed interface Attempt<T> {}

    private record Answered<T>(Answer<T> answer) implements Attempt<T> {}

    private record Repeat<T>(Trouble trouble) implements Attempt<T> {}

    /**
     * @param pause what the gateway asks for; zero when it does not say
     * @param mayBeOfCall whether the reason may be what the call sends
     */
    private record Trouble(Kind kind, String why, Duration pause, boolean mayBeOfCall) {}

    /** Asks whose photos are uploaded. The verb fails when the gateway does not know the caller. */
    JournalEntry.Account account() throws InterruptedException {
        return switch (ask(client -> client.users().me())) {
            case Success<Me>(var _, var me) -> {
                wasAccepted = true;
                yield new JournalEntry.Account(address.toString().replaceFirst("/$", ""), me.username());
            }
            case Refused<Me> refused -> throw caller.failed(address, refused);
        };
    }

    /**
     * Makes a call, and returns an answer that will not change by waiting.
     *
     * @throws InterruptedException when a stop is requested meanwhile
     */
    <T> Answer<T> ask(Call<T> call) throws InterruptedException {
        return ask(call, Integer.MAX_VALUE).orElseThrow();
    }

    /**
     * Does the same for a call that may be broken by what it sends. Empty when the call broke off again and again, although
     * the gateway answers other calls.
     */
    <T> Optional<Answer<T>> askUnlessItBreaks(Call<T> call) throws InterruptedException {
        return ask(call, BREAKS);
    }

    private <T> Optional<Answer<T>> ask(Call<T> call, int mostBreaks) throws InterruptedException {
        var away = Optional.<Instant>empty();
        var breaks = 0;
        for (var backoff = FIRST; ; backoff = shorter(backoff.multipliedBy(2), LONGEST)) {
            if (pace.isStopping()) {
                throw new InterruptedException("asked to stop");
            }
            switch (attempt(call)) {
                case Answered<T>(var answer) -> {
                    noteRecovery();
                    return Optional.of(answer);
                }
                case Repeat<T>(var why) -> {
                    var isOfCall = mostBreaks < Integer.MAX_VALUE && why.mayBeOfCall() && isUp();
                    breaks = isOfCall ? breaks + 1 : 0;
                    if (breaks >= mostBreaks) {
                        noteRecovery();
                        return Optional.empty();
                    }
                    if (!isOfCall) {
                        note(why);
                    }
                    away = why.kind() == Kind.BUSY ? Optional.empty() : away.or(() -> Optional.of(pace.now()));
                    giveUp(away, why);
                    pace.pause(
                            why.kind() == Kind.BUSY && !why.pause().isZero()
                                    ? why.pause()
                                    : longer(why.pause(), backoff));
                }
            }
        }
    }

    private boolean isUp() throws InterruptedException {
        return attempt(client -> client.users().me()) instanceof Answered;
    }

    private <T> Attempt<T> attempt(Call<T> call) throws InterruptedException {
        try {
            var answer = call.on(client);
            return answer instanceof Refused<T> refused ? ofRefusal(refused) : new Answered<>(answer);
        } catch (InterruptedIOException e) {
            Thread.interrupted(); // what is known is still written to the journal
            throw new InterruptedException(e.getMessage());
        } catch (IOException | UnexpectedAnswerException e) {
            var why = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
            return new Repeat<>(new Trouble(Kind.AWAY, unreachable(why), Duration.ZERO, true));
        }
    }

    private <T> Attempt<T> ofRefusal(Refused<T> refused) {
        var problem = refused.problem();
        if (problem.status() == TOO_MANY_REQUESTS) {
            var why = "the gateway at %s is busy (%s)".formatted(address, problem.reason());
            return new Repeat<>(new Trouble(Kind.BUSY, why, refused.retryAfter(), false));
        }
        if (problem.status() / 100 == 5) {
            return new Repeat<>(new Trouble(
                    Kind.AWAY,
                    unreachable(problem.toString()),
                    refused.retryAfter(),
                    problem.status() == SERVER_ERROR));
        }
        if (PatientCalls.isOfCaller(refused)) {
            var failure = caller.failed(address, refused);
            if (problem.status() != UNAUTHORIZED || !maySignInAgain()) {
                throw failure;
            }
            return new Repeat<>(
                    new Trouble(Kind.SIGNED_OUT, String.valueOf(failure.getMessage()), refused.retryAfter(), false));
        }
        return new Answered<>(refused);
    }

    /** A session is read again before each call, so a person may sign in while the watcher runs. A token stays what it is. */
    private boolean maySignInAgain() {
        var isSession = switch (caller) {
            case Caller.SignedIn _, Caller.LocalAdmin _ -> true;
            case Caller.TokenOfEnvironment _, Caller.Nobody _ -> false;
        };
        return isSession && wasAccepted && patience.isEmpty();
    }

    private String unreachable(String why) {
        return "the gateway at %s does not answer (%s)".formatted(address, why);
    }

    private void note(Trouble now) {
        if (now.kind() == Kind.BUSY) {
            report.sayOnce(BUSY, now.why() + now.kind().ending);
        } else if (trouble == null || trouble.kind() != now.kind()) {
            report.say(now.why() + now.kind().ending);
        }
        trouble = now;
    }

    private void noteRecovery() {
        if (trouble != null && trouble.kind() != Kind.BUSY) {
            report.say("the gateway at %s answers again".formatted(address));
        }
        trouble = null;
    }

    private void giveUp(Optional<Instant> away, Trouble why) {
        if (patience.isPresent() && away.isPresent()) {
            var waited = Duration.between(away.get(), pace.now());
            if (waited.compareTo(patience.get()) >= 0) {
                throw new CommandFailedException("gave up after %d s: %s".formatted(waited.toSeconds(), why.why()));
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public void close() {
        client.close();
    }
}
