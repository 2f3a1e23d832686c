package io.sluice.client.http;

import java.time.Duration;

/**
 * How long calls may take.
 *
 * @param connect until there is a connection
 * @param answer until a call is answered, sending included
 * @param upload the same for a call that sends a file
 * @param silence how long a stream of events may be silent; the gateway sends a comment every 15 s
 */
public record Deadlines(Duration connect, Duration answer, Duration upload, Duration silence) {

    /**
     * {@return 5 s to connect; 60 s for an answer, more than the gateway's own wait of 45 s; 6 min for a file, more than the
     * 5 min that the gateway gives it; 45 s of silence}
     */
    public static Deadlines ofDefaults() {
        return new Deadlines(
                Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(6), Duration.ofSeconds(45));
    }

    /** {@return the same with another deadline for answers} */
    public Deadlines withAnswer(Duration answer) {
        return new Deadlines(connect, answer, upload, silence);
    }
}
