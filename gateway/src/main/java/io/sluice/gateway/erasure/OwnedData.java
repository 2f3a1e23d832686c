package io.sluice.gateway.erasure;

import io.sluice.stores.accounts.ErasedItems;

/** Data that belongs to users. Each feature that has such data has a bean of this type, which the erasure of a user calls. */
public interface OwnedData {
    /** {@return the stage that the job of an erasure has reached when the data is erased, as a past participle} */
    String stage();

    /** {@return what the receipt counts, such as photos; it also names the kind of the items} */
    String counted();

    /**
     * Erases what belongs to a deleted user. It may be called again for the same user, also after a crash and at another
     * gateway. While something is left, the erasure calls again a little later.
     *
     * @param owner the id of the user's account
     * @param items where each thing that is counted is noted before it is deleted
     * @return whether nothing is left
     */
    boolean erase(String owner, ErasedItems items);
}
