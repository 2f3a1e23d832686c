package io.sluice.gateway.imports;

import io.sluice.gateway.problem.FieldError;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bytes of a file, counted as they come; the first that is too many ends the request. */
final class FileBytes extends FilterInputStream {
    private final String field;
    private final long maxBytes;
    private long count;

    /** @param field what it came in */
    FileBytes(String field, InputStream bytes, long maxBytes) {
        super(bytes);
        this.field = field;
        this.maxBytes = maxBytes;
    }

    /** {@return the problem of a file that is larger than is taken} */
    static ProblemException tooLarge(String field, long maxBytes) {
        var message = "must have at most " + maxBytes + " bytes (SLUICE_IMPORT_MAX_BYTES); split it";
        return new ProblemException(Problem.of(ProblemCode.BODY_TOO_LARGE, "The " + field + " " + message + ".")
                .withErrors(List.of(new FieldError(field, message))));
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        add(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = super.read(into, offset, length);
        add(Math.max(0, read));
        return read;
    }

    private void add(int more) {
        count += more;
        if (count > maxBytes) {
            throw tooLarge(field, maxBytes);
        }
    }
}
