package io.sluice.stores.qdrant;

import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.isNull;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.matchValues;
import static io.qdrant.client.ConditionFactory.range;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.sluice.stores.product.FilterValue;
import io.sluice.stores.product.MetadataFilter;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Builds the filters for searches and for conditional updates. */
final class Filters {
    /** Leads to every element of an array. */
    private static final String EACH = "[]";

    /** From here on, the nearest double of a whole number may be another number. */
    private static final double FIRST_INEXACT = 0x1p53;

    private static final double BEYOND_LONG = 0x1p63;

    private Filters() {}

    /** Matches the points that pass all filters. */
    static Filter metadata(List<MetadataFilter> filters) {
        var all = Filter.newBuilder();
        filters.forEach(one -> all.addMust(filter(any(one))));
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

    private static Filter any(MetadataFilter wanted) {
        var any = Filter.newBuilder();
        wanted.paths().stream()
                .flatMap(keys -> paths(keys).stream())
                .forEach(path -> addConditions(any, path, wanted.value()));
        return any.build();
    }

    private static void addConditions(Filter.Builder any, String path, FilterValue value) {
        value.texts().forEach(text -> any.addShould(matchKeyword(path, text)));
        value.truth().forEach(truth -> any.addShould(match(path, truth)));
        value.whole().ifPresent(whole -> any.addShould(match(path, whole)));
        value.real().ifPresent(real -> any.addShould(exactly(path, real)));
        if (value.isNull()) {
            any.addShould(isNull(path)).addShould(isNull(path + EACH));
        }
    }

    /**
     * Matches the doubles that are this number. Qdrant compares whole numbers with a range by their nearest double. So
     * the other whole numbers with that double are excluded.
     */
    private static Condition exactly(String path, double number) {
        var range = range(path, Range.newBuilder().setGte(number).setLte(number).build());
        var others = othersWithTheDouble(number);
        return others.isEmpty()
                ? range
                : filter(Filter.newBuilder()
                        .addMust(range)
                        .addMustNot(matchValues(path, others))
                        .build());
    }

    /** {@return the whole numbers of 64 bits whose nearest double this is, without the number itself; at most 1,024} */
    private static List<Long> othersWithTheDouble(double number) {
        if (Math.abs(number) < FIRST_INEXACT || Math.abs(number) > BEYOND_LONG) {
            return List.of();
        }
        var nearest = (long) number;
        return LongStream.concat(
                        LongStream.iterate(nearest, n -> (double) n == number, n -> n - 1),
                        LongStream.iterate(nearest + 1, n -> (double) n == number, n -> n + 1))
                .filter(n -> n != nearest || number == BEYOND_LONG)
                .boxed()
                .toList();
    }

    /** {@return the paths that these keys may mean: on the way, each value may be an array of objects} */
    private static List<String> paths(List<String> keys) {
        var paths = List.of(Payload.METADATA + '.' + step(keys.getFirst()));
        for (var key : keys.subList(1, keys.size())) {
            paths = paths.stream()
                    .flatMap(path -> Stream.of(path, path + EACH))
                    .map(path -> path + '.' + step(key))
                    .toList();
        }
        return paths;
    }

    /** {@return one key in a path. It is quoted if needed, because Qdrant reads dots and brackets as a path} */
    private static String step(String key) {
        var plain = key.chars().allMatch(c -> c == '_' || c == '-' || (c < 0x80 && Character.isLetterOrDigit(c)));
        return plain ? key : '"' + key + '"';
    }
}
