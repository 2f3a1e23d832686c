package io.sluice.cli.deadletters;

import io.sluice.cli.gateway.GatewayCalls.Call;
import io.sluice.client.deadletters.DeadLetter;
import io.sluice.client.deadletters.DeadLetterFilter;
import io.sluice.client.deadletters.DeadLetterPage;
import java.util.function.Consumer;

/** Reads a list of letters page by page, the newest letter first. */
final class LetterPages {
    private static final int PAGE = 100;

    private final Gateway gateway;
    private final String topic;
    private final DeadLetterFilter filter;
    private final String state;
    private String next = "";

    /** Asks the gateway for a page. */
    @FunctionalInterface
    interface Gateway {
        DeadLetterPage ask(Call<DeadLetterPage> call);
    }

    /**
     * Prepares a list.
     *
     * @param state empty for letters of every state
     */
    LetterPages(Gateway gateway, String topic, DeadLetterFilter filter, String state) {
        this.gateway = gateway;
        this.topic = topic;
        this.filter = filter;
        this.state = state;
    }

    /** Passes on at most so many letters, and returns how many there were. */
    long forEach(long limit, Consumer<DeadLetter> letters) {
        var passed = 0L;
        do {
            var size = (int) Math.min(PAGE, limit - passed);
            var before = next;
            var page = gateway.ask(client -> client.deadLetters().list(topic, filter, state, before, size));
            page.letters().forEach(letters);
            passed += page.letters().size();
            next = page.next();
        } while (hasMore() && passed < limit);
        return passed;
    }

    /** {@return whether there are letters that were not passed on} */
    boolean hasMore() {
        return !next.isEmpty();
    }
}
