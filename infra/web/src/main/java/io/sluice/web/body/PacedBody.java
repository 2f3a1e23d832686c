package io.sluice.web.body;

import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that is refused when it arrives too slowly. For one thread. */
final class PacedBody extends FilterInputStream {
    private static final int SKIPPED = 8 * 1024;

    private final BodyPace pace;
    private long waited;
    private long count;

    PacedBody(InputStream body, BodyPace pace) {
        super(body);
        this.pace = pace;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** @throws ProblemException when the body is too slow; this interrupts a read that blocks */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var begun = System.nanoTime();
        try {
            var read = TimedRead.read(in, into, offset, length, pace.nanosFor(count) - waited);
            count += Math.max(0, read);
            return read;
        } catch (TimedRead.TimedOutException e) {
            throw new ProblemException(WebProblem.BODY_TOO_SLOW, pace.reason(count), e);
        } finally {
            waited += System.nanoTime() - begun;
        }
    }

    @Override
    public long skip(long max) throws IOException {
        return Math.max(0, read(new byte[Math.clamp(max, 0, SKIPPED)]));
    }
}
