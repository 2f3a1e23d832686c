package io.sluice.runtime;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The longest time that one call of a store may take while the current thread runs a handler. The runtime sets it, so
 * that a record which makes a store hang does not hold the other records of its batch back for the store's whole
 * timeout. Outside a handler there is no limit.
 */
public final class CallLimit {
    private static final ScopedValue<Duration> LIMIT = ScopedValue.newInstance();

    private CallLimit() {}

    /** {@return the configured timeout of a call, or the limit when that is shorter} */
    public static Duration orLess(Duration timeout) {
        return LIMIT.isBound() && LIMIT.get().compareTo(timeout) < 0 ? LIMIT.get() : timeout;
    }

    /** Does some work whose calls may take so long each, and returns its result. */
    public static <T, X extends Throwable> T within(Duration limit, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(LIMIT, limit).call(work);
    }

    /** {@return the same work, with the limit of the current thread in whichever thread it runs} */
    public static <T> Supplier<T> carriedInto(Supplier<T> work) {
        if (!LIMIT.isBound()) {
            return work;
        }
        var limit = LIMIT.get();
        return () -> within(limit, work::get);
    }
}
