package io.sluice.stores.letters;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a record of a dead-letter topic is.
 *
 * @param topic without the prefix of the deployment
 */
public record LetterId(String topic, int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

    /** {@return the record of the topic with this id; empty when the text is not {@code partition-offset}} */
    public static Optional<LetterId> of(String topic, String id) {
        var parts = FORM.matcher(id);
        return parts.matches()
                ? Optional.of(new LetterId(topic, Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** {@return the id within the topic, {@code partition-offset}} */
    public String id() {
        return partition + "-" + offset;
    }
}
