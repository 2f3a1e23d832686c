package io.sluice.rekognizer.limits;

import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_BUDGET_USED_UP;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_UNAVAILABLE;

import io.sluice.rekognizer.FaceServiceException;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.Waiting;
import io.sluice.stores.limits.CallRateTable;
import io.sluice.stores.limits.CallRateTable.Limits;
import io.sluice.stores.limits.CallRateTable.Turn;
import java.time.Duration;

/** Spreads the calls of all instances over time, and ends them for the day when the budget is used up. */
final class CallPace {
    private static final Duration NOTICE = Duration.ofMillis(200);

    private final CallRateTable table;
    private final Limits limits;
    private volatile double perSecond;
    private volatile long today;
    private volatile boolean stopping;

    CallPace(CallRateTable table, Limits limits) {
        this.table = table;
        this.limits = limits;
        this.perSecond = limits.perSecond();
    }

    /**
     * Waits for the turn of one call.
     *
     * @param isPaid whether the call counts against the budget
     * @return the turn
     * @throws FaceServiceException when the budget is used up, or the instance stops
     */
    Turn awaitTurn(boolean isPaid) throws InterruptedException {
        var asked = System.nanoTime();
        var turn = table.take(limits, isPaid).orElseThrow(this::usedUp);
        perSecond = turn.perSecond();
        today = turn.today();
        pause(turn.until().minusNanos(System.nanoTime() - asked));
        return turn;
    }

    /** Waits, unless the instance stops. */
    void pause(Duration wait) throws InterruptedException {
        if (wait.isPositive() && Waiting.until(() -> stopping, shorter(wait), wait)) {
            throw new FaceServiceException(
                    new Retryable(REKOGNITION_UNAVAILABLE, "the rekognizer stops", Scope.DEPENDENCY));
        }
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(NOTICE) < 0 ? wait : NOTICE;
    }

    /** Rekognition has throttled the call with this turn: all instances call less often. */
    void throttled(boolean isPaid, Turn turn) {
        perSecond = table.throttled(limits, isPaid, turn);
    }

    /**
     * Asks whether the budget allows a call.
     *
     * @throws FaceServiceException when it does not
     */
    void requireBudget() {
        today = table.today();
        if (limits.perDay() > 0 && today >= limits.perDay()) {
            throw usedUp();
        }
    }

    private FaceServiceException usedUp() {
        today = limits.perDay();
        return new FaceServiceException(new Retryable(
                REKOGNITION_BUDGET_USED_UP,
                "the %d calls of today are used up; the next are made after midnight UTC, or raise SLUICE_REKOGNITION_DAILY_CALLS"
                        .formatted(limits.perDay()),
                Scope.DEPENDENCY));
    }

    /** {@return how many calls all instances make in a second now} */
    double perSecond() {
        return perSecond;
    }

    /** {@return how many paid calls are left today; not a number when there is no limit} */
    double left() {
        return limits.perDay() == 0 ? Double.NaN : Math.max(0, limits.perDay() - today);
    }

    /** Ends all waiting. */
    void stop() {
        stopping = true;
    }
}
