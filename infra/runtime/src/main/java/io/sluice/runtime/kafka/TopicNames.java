package io.sluice.runtime.kafka;

import io.sluice.runtime.Source;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;

/**
 * The names of topics and consumer groups in this deployment.
 *
 * @param prefix put before every name; may be empty
 */
public record TopicNames(String prefix) {
    /** {@return the name of a topic of the catalogue} */
    public String of(Topic<?> topic) {
        return prefix + topic.name();
    }

    /** {@return the name of the topic that is called so without the prefix} */
    public String of(String topic) {
        return prefix + topic;
    }

    /** {@return the name of the topic that a pipeline reads} */
    public String of(Source<?> source) {
        return prefix + source.name();
    }

    /** {@return the name of a processor's dead-letter topic} */
    public String deadLetters(Topic<?> topic, String processor) {
        return prefix + Topics.deadLetters(topic.name(), processor);
    }

    /** {@return the name of a consumer group} */
    public String group(String group) {
        return prefix + group;
    }
}
