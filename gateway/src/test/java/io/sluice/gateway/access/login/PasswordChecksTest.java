package io.sluice.gateway.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stores.accounts.Passwords;
import io.sluice.web.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PasswordChecksTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Passwords passwords = new Passwords();

    @Test
    void saysWhetherAPasswordIsRight() {
        try (var checks = new PasswordChecks(passwords, 1, 10, LONG)) {
            var hash = checks.hash("correct horse");

            assertThat(checks.inTurn(() -> passwords.matches("correct horse", hash)))
                    .isTrue();
            assertThat(checks.inTurn(() -> passwords.matches("wrong horse", hash)))
                    .isFalse();
            assertThat(checks.inTurn(() -> passwords.matches("correct horse", null)))
                    .isFalse();
        }
    }

    @Test
    void refusesACallForWhichTheQueueHasNoRoom() throws Exception {
        try (var checks = new PasswordChecks(passwords, 1, 1, LONG);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<String>>();
            for (var i = 0; i < 20; i++) {
                calls.add(callers.submit(() -> {
                    try {
                        return checks.hash("correct horse");
                    } catch (ProblemException e) {
                        return e.problem().code();
                    }
                }));
            }
            var answers = new ArrayList<String>();
            for (var call : calls) {
                answers.add(call.get());
            }
            assertThat(answers).contains("TOO_BUSY").anyMatch(answer -> answer.startsWith("$argon2id$"));
        }
    }

    @Test
    void refusesACallThatWaitsTooLong() {
        try (var checks = new PasswordChecks(passwords, 1, 10, Duration.ofMillis(1))) {
            assertThatThrownBy(() -> checks.hash("correct horse"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageStartingWith("TOO_BUSY");
        }
    }
}
