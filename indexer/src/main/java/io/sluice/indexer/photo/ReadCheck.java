package io.sluice.indexer.photo;

import static java.util.stream.Collectors.toSet;

import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.stores.letters.LetterTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out whether a record that is not handled yet may name an object that no photo names. */
final class ReadCheck {
    /** The preparer is among them: the pictures that it has stored are named when it emits their record. */
    private static final List<Reader> READERS = List.of(
            new Reader(Topics.PHOTO_INDEXER, Topics.PHOTOS),
            new Reader(Topics.PHOTO_PREPARER, Topics.PHOTOS),
            new Reader(Topics.PREPARED_PHOTO_INDEXER, Topics.PREPARED_PHOTOS));

    /** Who reads the records that name selfies. */
    private static final List<Reader> READERS_OF_SELFIES =
            List.of(new Reader(Topics.FACE_ENROLLER, Topics.FACE_ENROLMENTS));

    private final ConsumerGroups groups;
    private final TopicNames names;
    private final LetterTable letters;

    ReadCheck(ConsumerGroups groups, TopicNames names, LetterTable letters) {
        this.groups = groups;
        this.names = names;
        this.letters = letters;
    }

    /** A pipeline, whose name is that of its consumer group, and what it reads. */
    private record Reader(String group, Topic<?> topic) {
        String retries() {
            return Topics.retries(topic.name(), group, "retry-");
        }
    }

    /**
     * {@return whether every record that was written before this time is handled. Records that wait for another attempt
     * count however new they are, and so do the open dead letters of the indexers: a record stays in the dead letters for
     * a long time when it fails again after it was sent back}
     *
     * @throws RuntimeException when the brokers do not answer
     */
    boolean isAllRead(Instant before) {
        return areDone(READERS, before) && hasNoLetters(Topics.PHOTO_INDEXER, Topics.PREPARED_PHOTO_INDEXER);
    }

    /** As {@link #isAllRead}, of the records that name selfies. {@return false also where faces were never on} */
    boolean areSelfiesRead(Instant before) {
        return groups.topics().contains(names.of(Topics.FACE_ENROLMENTS))
                && areDone(READERS_OF_SELFIES, before)
                && hasNoLetters(Topics.FACE_ENROLLER);
    }

    private boolean areDone(List<Reader> readers, Instant before) {
        var topics = groups.topics();
        return readers.stream().allMatch(reader -> hasRead(reader, before) && retriesNothing(reader, topics));
    }

    private boolean hasRead(Reader reader, Instant before) {
        return groups.hasRead(names.group(reader.group()), names.of(reader.topic()), before);
    }

    private boolean retriesNothing(Reader reader, Set<String> topics) {
        var group = names.group(reader.group());
        var retries = topics.stream()
                .filter(topic -> topic.startsWith(names.of(reader.retries())))
                .collect(toSet());
        var standing = groups.standings(Map.of(group, retries)).get(group);
        return standing != null && standing.lag().values().stream().allMatch(lag -> lag == 0);
    }

    private boolean hasNoLetters(String... pipelines) {
        var open = letters.openByPipeline();
        return Stream.of(pipelines).noneMatch(open::containsKey);
    }
}
