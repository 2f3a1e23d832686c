package io.sluice.gateway.photo.upload;

import io.sluice.gateway.photo.PhotoProblem;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of photos that wait to be prepared, and its bound. The brokers know how many wait, of all gateways; a gateway
 * asks them about once a second while photos arrive. What it accepted since then, and what it is accepting now, counts
 * too, so the bound holds in a burst. Several gateways can exceed it together by what they accept within a second.
 */
@Singleton
public final class PhotoQueue {
    private static final Logger LOG = LoggerFactory.getLogger(PhotoQueue.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ConsumerGroups groups;
    private final TopicNames names;
    private final Clock clock;
    private final int most;
    private final ReentrantLock looking = new ReentrantLock();
    private final DrainRate rate = new DrainRate();
    /** Whether the brokers have ever said how many photos wait. Used by one caller at a time. */
    private boolean isAnswered;

    private @Nullable Look last;
    private long entered;
    private long accepted;

    PhotoQueue(ConsumerGroups groups, TopicNames names, PhotoQueueConfig config, Clock clock) {
        this.groups = groups;
        this.names = names;
        this.clock = clock;
        this.most = config.maxSize();
    }

    /**
     * What the brokers said.
     *
     * @param waiting how many photos waited
     * @param accepted how many this gateway had accepted by then since its start
     */
    private record Look(long waiting, long accepted, Instant at) {}

    /** The place of one photo in the queue. */
    public final class Place {
        private boolean isOpen = true;

        private Place() {}

        /** Says that Kafka has the photo's event, so that the brokers count the photo from now on. */
        void keep() {
            end(1);
        }

        /** Gives the place back, because the photo was not accepted. Does nothing after {@link #keep}. */
        void leave() {
            end(0);
        }

        private void end(int kept) {
            synchronized (PhotoQueue.this) {
                if (isOpen) {
                    isOpen = false;
                    accepted += kept;
                    entered -= 1 - kept;
                }
            }
        }
    }

    /**
     * Takes a place for one photo.
     *
     * @throws ProblemException {@code QUEUE_FULL} when there is none
     */
    Place enter() {
        look();
        synchronized (this) {
            if (size() >= most) {
                throw full();
            }
            entered++;
            return new Place();
        }
    }

    /** @throws ProblemException {@code QUEUE_FULL} when the queue has no place now */
    void requirePlace() {
        look();
        synchronized (this) {
            if (size() >= most) {
                throw full();
            }
        }
    }

    /** {@return how many photos wait, as far as this gateway knows; asks the brokers when it has not lately} */
    public long waiting() {
        look();
        synchronized (this) {
            return size();
        }
    }

    /** {@return how many photos wait, as far as this gateway knows without asking the brokers} */
    synchronized long lastKnown() {
        return size();
    }

    private long size() {
        return last == null ? entered : last.waiting() + entered - last.accepted();
    }

    /** A tenth of the queue is to be free when the caller comes back, so that the call is worth its bytes. */
    private ProblemException full() {
        var tooMany = size() - most + Math.max(1, most / 10);
        return ProblemException.comeBack(
                rate.timeFor(tooMany), PhotoProblem.QUEUE_FULL, "Queue is full, try again later");
    }

    /** One caller asks the brokers; the others go on with what is known. At the first time they wait. */
    private void look() {
        var isFirst = isUnknown();
        if (!isFirst && !isOld()) {
            return;
        }
        if (isFirst) {
            looking.lock();
        } else if (!looking.tryLock()) {
            return;
        }
        try {
            if (isUnknown() || isOld()) {
                ask();
            }
        } finally {
            looking.unlock();
        }
    }

    private synchronized boolean isUnknown() {
        return last == null;
    }

    private synchronized boolean isOld() {
        return last == null || !clock.instant().isBefore(last.at().plus(FRESH));
    }

    private void ask() {
        long acceptedBefore;
        synchronized (this) {
            acceptedBefore = accepted;
        }
        try {
            var group = names.group(Topics.PHOTO_PREPARER);
            var topic = names.of(Topics.PHOTOS);
            var standing = groups.standings(Map.of(group, Set.of(topic))).get(group);
            var waiting = standing == null ? 0 : standing.lag().getOrDefault(topic, 0L);
            synchronized (this) {
                var now = clock.instant();
                last = new Look(waiting, acceptedBefore, now);
                rate.note(standing == null ? 0 : standing.done().getOrDefault(topic, 0L), now);
            }
            if (!isAnswered) {
                isAnswered = true;
                LOG.atInfo().addKeyValue("pending", waiting).log("photo queue initialized");
            }
        } catch (KafkaException e) {
            LOG.atDebug().setCause(e).log("the brokers do not say how many photos wait");
            synchronized (this) {
                var before = last;
                last = new Look(
                        before == null ? 0 : before.waiting(), before == null ? 0 : before.accepted(), clock.instant());
            }
        }
    }
}
