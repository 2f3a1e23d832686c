package io.sluice.gateway.erasure;

import java.util.Map;

/** Data that belongs to users. Each feature that has such data has a bean of this type, which the erasure of a user calls. */
public interface OwnedData {
    /** {@return the stage that the job of an erasure has reached when the data is erased, as a past participle} */
    String stage();

    /**
     * Erases what belongs to a deleted user. It may be called again for the same user, also after a crash and at another
     * gateway.
     *
     * @param owner the id of the user's account
     * @return how far it is; while something is left, the erasure calls again a little later
     */
    Progress erase(String owner);

    /**
     * How far an erasure is.
     *
     * @param isComplete whether nothing is left
     * @param counts what was erased, for the receipt: numbers by name, without anything about the user
     */
    record Progress(boolean isComplete, Map<String, Long> counts) {
        public Progress {
            counts = Map.copyOf(counts);
        }
    }
}
