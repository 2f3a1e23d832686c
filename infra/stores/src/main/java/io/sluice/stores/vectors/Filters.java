package io.sluice.stores.vectors;

import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import java.util.Map;

/** The conditions under which points are found or may be changed. */
final class Filters {
    private Filters() {}

    /**
     * Exact matches on fields of the metadata. Values come as text, and Qdrant's matches are typed: so a value that reads
     * as a number or a truth also matches that.
     */
    static Filter metadata(Map<String, String> wanted) {
        var all = Filter.newBuilder();
        wanted.forEach((name, text) -> all.addMust(filter(anyType(path(name), text))));
        return all.build();
    }

    /** Those of these points that are not newer than the version beside them. */
    static Filter notNewerThan(Map<PointId, Long> versions) {
        var any = Filter.newBuilder().addMust(hasId(versions.keySet().stream().toList()));
        versions.forEach((id, version) -> any.addShould(filter(Filter.newBuilder()
                .addMust(hasId(id))
                // a double counts exactly up to 2^53, and versions stay below that
                .addMust(range(
                        Payload.VERSION, Range.newBuilder().setLte(version).build()))
                .build())));
        return any.build();
    }

    private static Filter anyType(String path, String text) {
        var any = Filter.newBuilder().addShould(matchKeyword(path, text));
        if (text.equals("true") || text.equals("false")) {
            any.addShould(match(path, Boolean.parseBoolean(text)));
        }
        number(path, text, any);
        return any.build();
    }

    private static void number(String path, String text, Filter.Builder any) {
        try {
            any.addShould(exactly(path, Double.parseDouble(text)));
            any.addShould(match(path, Long.parseLong(text)));
        } catch (NumberFormatException notANumber) {
            return;
        }
    }

    private static Condition exactly(String path, double number) {
        return range(path, Range.newBuilder().setGte(number).setLte(number).build());
    }

    /** The name is one key, whatever is in it; Qdrant would read dots and brackets as a path. */
    private static String path(String name) {
        if (name.isEmpty() || name.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a filter's name must not be empty or contain a quotation mark");
        }
        var plain = name.chars().allMatch(c -> c == '_' || c == '-' || (c < 0x80 && Character.isLetterOrDigit(c)));
        return Payload.METADATA + '.' + (plain ? name : '"' + name + '"');
    }
}
