package io.sluice.gateway.admin.letters;

import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.stores.letters.LetterId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of dead-letter topics: in Kafka with the prefix of this deployment, everywhere else without it. */
@Singleton
public final class LetterTopics {
    private static final Pattern NAMES = Topics.allDeadLetters();

    private final TopicNames names;

    public LetterTopics(TopicNames names) {
        this.names = names;
    }

    /** {@return a pattern of the names that the dead-letter topics of this deployment have in Kafka} */
    public Pattern pattern() {
        return Pattern.compile(Pattern.quote(names.prefix()) + NAMES.pattern());
    }

    /** {@return the name of a topic or a group without the prefix; as it is when it has none} */
    public String plain(String name) {
        return name.startsWith(names.prefix()) ? name.substring(names.prefix().length()) : name;
    }

    /** {@return the name in Kafka} */
    public String full(String name) {
        return names.of(name);
    }

    /** {@return the topic that the processor of a dead-letter topic reads; empty when this is no dead-letter topic} */
    public static Optional<String> source(String topic) {
        return part(topic, "topic");
    }

    /** {@return the processor of a dead-letter topic; empty when this is no dead-letter topic} */
    public static Optional<String> processor(String topic) {
        return part(topic, "processor");
    }

    private static Optional<String> part(String topic, String group) {
        return Optional.of(NAMES.matcher(topic)).filter(Matcher::matches).map(found -> found.group(group));
    }

    /** {@return the value of the header {@code x-letter} for this letter} */
    public String header(LetterId id) {
        return full(id.topic()) + "/" + id.id();
    }

    /** {@return the letter that a header {@code x-letter} names; empty when it names none of this deployment} */
    public Optional<LetterId> letter(String header) {
        var slash = header.lastIndexOf('/');
        if (slash < 0 || !header.startsWith(names.prefix())) {
            return Optional.empty();
        }
        var topic = plain(header.substring(0, slash));
        return NAMES.matcher(topic).matches() ? LetterId.of(topic, header.substring(slash + 1)) : Optional.empty();
    }
}
