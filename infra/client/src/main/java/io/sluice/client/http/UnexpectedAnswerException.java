package io.sluice.client.http;

/** A server answered with success, but its body is not what the call asked for. The message is one line for a person. */
public final class UnexpectedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param expected such as {@code a job}
     * @param body what the server sent instead
     */
    public UnexpectedAnswerException(String expected, Object body) {
        super("the gateway's answer is not %s: %s".formatted(expected, body));
    }
}
