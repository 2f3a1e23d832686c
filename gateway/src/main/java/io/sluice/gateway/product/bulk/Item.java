package io.sluice.gateway.product.bulk;

/** One item of a bulk body, not parsed yet. */
sealed interface Item {
    /** {@return the line of the body with the item, or in a JSON array the number of the item; counted from 1} */
    long line();

    /**
     * A complete item.
     *
     * @param json the bytes of the item, which may not be valid JSON; must not be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Whole(long line, byte[] json) implements Item {}

    /** An item with more bytes than the limit; they were skipped. */
    record TooLong(long line) implements Item {}

    /** The place where the body stops being valid. Nothing after it is read, so it is the last item. */
    record Broken(long line, String reason) implements Item {}
}
