package io.sluice.gateway.limits;

import io.github.bucket4j.ConsumptionProbe;

/** The tokens of each counter. */
interface Buckets {
    /** Takes one token, if there is one. */
    ConsumptionProbe take(Counter counter);

    /** Returns one token. */
    void giveBack(Counter counter);
}
