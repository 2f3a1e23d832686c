package io.sluice.gateway.limits;

import io.sluice.web.problem.ProblemKind;

/**
 * How often one caller may do something within a minute.
 *
 * @param name the name in the {@code RateLimit} headers of the answers: lower-case letters and hyphens
 * @param perMinute the largest number within a minute
 * @param refusal the code of the problem for a caller over the limit
 * @param detail the sentence for that caller; it should name the setting
 */
public record RateLimit(String name, int perMinute, ProblemKind refusal, String detail) {
    public RateLimit {
        if (!name.matches("[a-z-]+")) {
            throw new IllegalArgumentException(
                    "the name of a limit is made of lower-case letters and hyphens: " + name);
        }
        if (perMinute < 1) {
            throw new IllegalArgumentException(name + " admits nothing: " + perMinute);
        }
    }

    /**
     * {@return the counter of one caller}
     *
     * @param who what is counted: an account, a name or an address
     */
    public Counter of(String who) {
        return new Counter(this, who);
    }
}
