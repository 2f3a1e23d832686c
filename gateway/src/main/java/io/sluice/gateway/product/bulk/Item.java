package io.sluice.gateway.product.bulk;

/** One item of a bulk body, before anybody looked into it. */
sealed interface Item {
    /** {@return where it is: the line of the body; in a JSON array the number of the item; from 1} */
    long line();

    /**
     * All of it.
     *
     * @param json its bytes, which need not be JSON; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Whole(long line, byte[] json) implements Item {}

    /** It has more bytes than an item may have; they were passed over. */
    record TooLong(long line) implements Item {}

    /** Here the body stops to be what it says, so nothing after it was read: the last item. */
    record Broken(long line, String reason) implements Item {}
}
