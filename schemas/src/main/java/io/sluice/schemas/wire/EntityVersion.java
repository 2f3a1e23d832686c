package io.sluice.schemas.wire;

/**
 * The version of an entity: the Kafka position of its canonical record, {@code epoch * 2^40 + offset}. The epoch is
 * raised when a canonical topic is created again, so that its small offsets still count as newer.
 */
public final class EntityVersion {
    private static final int OFFSET_BITS = 40;
    /** Versions stay below 2^53, up to which a double (as in the range filters of Qdrant) is exact. */
    private static final int MAX_EPOCH = (1 << 13) - 1;

    private EntityVersion() {}

    /**
     * Makes the version of a position.
     *
     * @param epoch 0 to 8191
     * @param offset below 2^40
     */
    public static long of(int epoch, long offset) {
        if (epoch < 0 || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException("epoch " + epoch + " is not between 0 and " + MAX_EPOCH);
        }
        if (offset < 0 || offset >= 1L << OFFSET_BITS) {
            throw new IllegalArgumentException("offset " + offset + " is not between 0 and 2^40");
        }
        return ((long) epoch << OFFSET_BITS) + offset;
    }
}
