package io.sluice.gateway.limits;

/** The buckets of all counters, each with as many tokens as its limit admits. */
interface Buckets {
    /** Takes one token, if there is one. */
    Attempt take(Counter counter);

    /** Returns one token that was taken from these buckets. */
    void giveBack(Counter counter);
}
