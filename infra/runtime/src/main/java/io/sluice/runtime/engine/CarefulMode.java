package io.sluice.runtime.engine;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a process handles one record at a time, over all its pipelines. It does while one of its consumers has
 * records that may have ended an earlier process. Safe for use by many threads.
 */
public final class CarefulMode {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulMode.class);
    /** The services of one JVM share it, because a record that ends the JVM ends all of them. */
    private static final CarefulMode OF_THIS_PROCESS = new CarefulMode();

    private final String process =
            HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextInt());
    private final Set<Object> careful = ConcurrentHashMap.newKeySet();
    private final ReentrantReadWriteLock inFlight = new ReentrantReadWriteLock(true);

    /** A mode for a test that runs several "processes" in one JVM; otherwise see {@link #ofThisProcess}. */
    public CarefulMode() {}

    /** {@return the mode of this JVM} */
    public static CarefulMode ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** {@return a name of this process that no earlier process has} */
    String process() {
        return process;
    }

    /** A consumer is about to handle such records, or has no more of them. */
    void set(Object consumer, boolean hasSuspects) {
        if (hasSuspects ? careful.add(consumer) : careful.remove(consumer)) {
            LOG.atDebug().addKeyValue("consumers", careful.size()).log("consumers that handle one record at a time");
        }
    }

    /** {@return whether only one record may be in flight} */
    boolean isOn() {
        return !careful.isEmpty();
    }

    /**
     * Waits a short time for the right to have records in flight.
     *
     * @param alone whether nothing else may be in flight meanwhile
     */
    Turn turn(boolean alone, Duration patience) throws InterruptedException {
        Lock lock = alone ? inFlight.writeLock() : inFlight.readLock();
        return new Turn(lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS) ? lock : null);
    }

    /** The right to have records in flight. Belongs to one thread. */
    static final class Turn implements AutoCloseable {
        private @Nullable Lock held;

        private Turn(@Nullable Lock held) {
            this.held = held;
        }

        boolean isHeld() {
            return held != null;
        }

        /** Lets others have records in flight from now on. */
        @Override
        public void close() {
            if (held != null) {
                held.unlock();
                held = null;
            }
        }
    }
}
