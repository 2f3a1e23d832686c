package io.sluice.qdrant.protocol;

import io.qdrant.client.grpc.Common.PointId;
import java.util.UUID;
import java.util.regex.Pattern;

/** A point's id. Numbers come before UUIDs; both ascend as unsigned values. */
public sealed interface PointKey extends Comparable<PointKey> {
    /** An unsigned 64-bit number. */
    record Num(long value) implements PointKey {
        @Override
        public PointId toPointId() {
            return PointId.newBuilder().setNum(value).build();
        }

        @Override
        public String toString() {
            return Long.toUnsignedString(value);
        }
    }

    /** A UUID, shown with hyphens in lower case, whichever form the client wrote. */
    record Uuid(long high, long low) implements PointKey {
        @Override
        public PointId toPointId() {
            return PointId.newBuilder().setUuid(toString()).build();
        }

        @Override
        public String toString() {
            return new UUID(high, low).toString();
        }
    }

    /** {@return the id as a protocol message} */
    PointId toPointId();

    @Override
    default int compareTo(PointKey other) {
        return switch (this) {
            case Num(var mine) when other instanceof Num(var theirs) -> Long.compareUnsigned(mine, theirs);
            case Num _ -> -1;
            case Uuid(var high, var low)
            when other instanceof Uuid(var otherHigh, var otherLow) -> {
                var order = Long.compareUnsigned(high, otherHigh);
                yield order != 0 ? order : Long.compareUnsigned(low, otherLow);
            }
            case Uuid _ -> 1;
        };
    }

    /** {@return the key of an id; a UUID may have hyphens, be plain hexadecimal, a URN, or in braces} */
    static PointKey of(PointId id) {
        return switch (id.getPointIdOptionsCase()) {
            case NUM -> new Num(id.getNum());
            case UUID -> uuid(id.getUuid());
            case POINTIDOPTIONS_NOT_SET -> throw Rejection.malformed("No ID options provided");
        };
    }

    private static Uuid uuid(String text) {
        var match = Syntax.UUID.matcher(text);
        if (!match.matches()) {
            throw Rejection.malformed("Unable to parse UUID: " + text);
        }
        var digits = match.group().replaceAll("^urn:uuid:|[{}-]", "");
        return new Uuid(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }

    /** The four forms of a UUID that the real server's uuid library reads. */
    final class Syntax {
        private static final String HYPHENATED = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";
        private static final Pattern UUID = Pattern.compile(
                "\\p{XDigit}{32}|" + HYPHENATED + "|urn:uuid:" + HYPHENATED + "|\\{" + HYPHENATED + "}");

        private Syntax() {}
    }
}
