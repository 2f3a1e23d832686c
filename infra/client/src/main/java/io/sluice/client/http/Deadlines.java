package io.sluice.client.http;

import java.time.Duration;

/**
 * How long calls may take.
 *
 * @param connect for connecting
 * @param answer for sending a call and receiving the head of its answer; also between two lines of a bulk answer
 * @param upload the same, for a call that sends a file
 * @param silence between two lines of an event stream; the gateway sends a comment every 15 s
 */
public record Deadlines(Duration connect, Duration answer, Duration upload, Duration silence) {

    /**
     * Returns the usual deadlines: 5 s to connect; 60 s for an answer, because the gateway itself waits up to 45 s; 16 min
     * for a file, because the gateway gives it 15 min; 45 s of silence, which is three comments.
     */
    public static Deadlines ofDefaults() {
        return new Deadlines(
                Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(16), Duration.ofSeconds(45));
    }

    /** {@return the same with another deadline for answers} */
    public Deadlines withAnswer(Duration answer) {
        return new Deadlines(connect, answer, upload, silence);
    }
}
