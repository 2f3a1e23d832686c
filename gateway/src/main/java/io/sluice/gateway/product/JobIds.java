package io.sluice.gateway.product;

/** Where job ids come from. */
@FunctionalInterface
interface JobIds {
    /** {@return an id nobody had before} */
    String next();
}
