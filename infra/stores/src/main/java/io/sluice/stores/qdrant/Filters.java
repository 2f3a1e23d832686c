package io.sluice.stores.qdrant;

import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/** Builds the filters for searches and for conditional updates. */
final class Filters {
    /** A JSON number of limited length: computing with a huge number would take very long. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");

    private static final BigDecimal EXACT_IN_A_DOUBLE = BigDecimal.valueOf(1L << 53);

    private Filters() {}

    /**
     * Exact matches on metadata. The wanted values are texts, but matches in Qdrant are typed. So a text that looks
     * like a number or a boolean also matches that number or boolean.
     */
    static Filter metadata(Map<String, String> wanted) {
        var all = Filter.newBuilder();
        wanted.forEach((name, text) -> all.addMust(filter(anyType(path(name), text))));
        return all.build();
    }

    /** Matches those of these points that are not newer than the given version. */
    static Filter notNewerThan(Map<PointId, Long> versions) {
        var any = Filter.newBuilder().addMust(hasId(versions.keySet().stream().toList()));
        versions.forEach((id, version) -> any.addShould(filter(Filter.newBuilder()
                .addMust(hasId(id))
                // a double is exact up to 2^53, and versions stay below that
                .addMust(range(
                        Payload.VERSION, Range.newBuilder().setLte(version).build()))
                .build())));
        return any.build();
    }

    private static Filter anyType(String path, String text) {
        var any = Filter.newBuilder().addShould(matchKeyword(path, text));
        if (text.equals("true") || text.equals("false")) {
            any.addShould(match(path, Boolean.parseBoolean(text)));
        } else if (NUMBER.matcher(text).matches()) {
            var number = new BigDecimal(text);
            if (number.abs().compareTo(EXACT_IN_A_DOUBLE) <= 0) {
                any.addShould(exactly(path, number.doubleValue()));
            } else if (number.stripTrailingZeros().scale() <= 0
                    && number.toBigInteger().bitLength() < Long.SIZE) {
                any.addShould(match(path, number.longValueExact()));
            }
        }
        return any.build();
    }

    /** Matches whole numbers too, whether Qdrant stores them as integers or as doubles. */
    private static Condition exactly(String path, double number) {
        return range(path, Range.newBuilder().setGte(number).setLte(number).build());
    }

    /**
     * Returns the path of one metadata key. It is quoted if needed, because Qdrant reads dots and brackets as a path.
     */
    private static String path(String name) {
        if (name.isEmpty() || name.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a filter's name must not be empty or contain a quotation mark");
        }
        var plain = name.chars().allMatch(c -> c == '_' || c == '-' || (c < 0x80 && Character.isLetterOrDigit(c)));
        return Payload.METADATA + '.' + (plain ? name : '"' + name + '"');
    }
}
