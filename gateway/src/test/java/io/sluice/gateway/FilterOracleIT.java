package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Posts random metadata and searches with random filters. What a search finds is what a second implementation of the
 * documented rules finds in the JSON that was posted.
 */
@ExtendWith(OneGateway.class)
class FilterOracleIT {
    private static final int PRODUCTS = 60;
    private static final int FILTERS = 250;

    private static final List<String> KEYS =
            List.of("n", "a", "b", "a.b", "a.b.c", "two words", "x[0]", "tags[]", "é", "c:d", "'", "-", "0", "a\"b");

    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "\"\"",
            "\"null\"",
            "\"true\"",
            "\"red\"",
            "\"Red\"",
            "\"5\"",
            "\"a:b\"",
            "\"\\\"q\\\"\"",
            "0",
            "-0.0",
            "5",
            "5.0",
            "5e0",
            "-1",
            "0.1",
            "12.5",
            "1e3",
            "1000",
            "1e-7",
            "\"9007199254740993\"",
            "\"89330123456789012345\"",
            "1e300");

    /** Beyond 2^53. An array has at most one of them: Qdrant cannot tell them apart within one array. */
    private static final List<String> LARGE = List.of(
            "9007199254740991",
            "9007199254740992",
            "9007199254740993",
            "9007199254740992.0",
            "-9007199254740993",
            "-9007199254740992",
            "1e16",
            "10000000000000001",
            "9223372036854775807",
            "9223372036854775806",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775807",
            "9.223372036854775807e18",
            "1311768467294899695",
            "1311768467294899700");

    private static final List<String> OTHER_VALUES = List.of(
            "9007199254740993.0",
            "89330123456789012345",
            "\"89330123456789012345\"",
            "1e400",
            "007",
            "+5",
            " 5",
            "5 ",
            "NaN",
            "TRUE",
            "{\"a\":1}",
            "[5]",
            "0.10000000000000001",
            "9223372036854775809",
            "5\" pipe",
            "1E3",
            "-0",
            "\"5\"",
            "1e23",
            "0.50",
            "12.50");

    private static final List<String> OTHER_NAMES = List.of(
            "a.a",
            "b.n",
            "a.b.n",
            "\"a.b\".c",
            "\"a.b\"",
            "a.\"c:d\"",
            "\"c:d\"",
            "a.two words",
            "n.n.n",
            "missing",
            "a.missing",
            "a.b.c.n.a",
            "a.b.c.n.a.b",
            "a..b",
            "a.",
            ".a",
            "a\\b",
            "\"\"",
            "\"a",
            "tags[].a",
            "a.0");

    private final FilterTruth truth = new FilterTruth();

    @Seeded
    @Test
    void aSearchFindsWhatTheFilterSays(GatewayUnderTest gateway, Seed seed) {
        var random = seed.random();
        var run = "run-" + seed.value();
        for (var i = 0; i < PRODUCTS; i++) {
            post(gateway, run + "-" + i, run, object(random, 3));
        }

        var found = 0;
        for (var i = 0; i < FILTERS; i++) {
            var filter = name(random) + ":" + value(random);
            var answer = gateway.get(
                    "/search?q=x&limit=100&filter=run:" + run + "&filter=" + URLEncoder.encode(filter, UTF_8));
            var expected = truth.expected(filter);
            found += expected.isEmpty() ? 0 : 1;
            if (answer.status() == 422) {
                assertThat(expected).as("refused: %s %s", filter, answer.json()).isEqualTo(FilterTruth.REFUSED);
            } else {
                assertThat(answer.status()).as("%s %s", filter, answer.json()).isEqualTo(200);
                assertThat(new TreeSet<>(answer.json().path("results").findValuesAsText("product_id")))
                        .as(filter)
                        .isEqualTo(expected);
            }
        }
        assertThat(found).as("filters that find something").isGreaterThan(FILTERS / 5);
    }

    private void post(GatewayUnderTest gateway, String id, String run, String fields) {
        var metadata = "{\"run\":\"" + run + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        var json = "{\"product_id\":\"" + id + "\",\"name\":\"n\",\"description\":\"d\",\"metadata\":" + metadata + "}";
        var answer = gateway.post("/api/v1/index-product", "application/json", json.getBytes(UTF_8));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        truth.posted(id, metadata);
    }

    // --- random metadata and filters ---

    private static String object(Random random, int depth) {
        var keys = new LinkedHashSet<String>();
        IntStream.range(0, 1 + random.nextInt(5)).forEach(_ -> keys.add(pick(random, KEYS)));
        return keys.stream()
                .map(key -> "\"" + key.replace("\"", "\\\"") + "\":" + json(random, depth))
                .collect(Collectors.joining(","));
    }

    private static String json(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> "{" + object(random, depth - 1) + "}";
            case 2 -> array(random, depth);
            default -> scalar(random);
        };
    }

    private static String array(Random random, int depth) {
        var items = new ArrayList<String>();
        IntStream.range(0, random.nextInt(3))
                .forEach(_ -> items.add(
                        switch (random.nextInt(4)) {
                            case 0 -> "{" + object(random, depth - 1) + "}";
                            case 1 -> "[" + pick(random, SCALARS) + "]";
                            default -> pick(random, SCALARS);
                        }));
        if (random.nextBoolean()) {
            items.add(pick(random, LARGE));
        }
        return items.toString();
    }

    private static String scalar(Random random) {
        return pick(random, random.nextInt(3) == 0 ? LARGE : SCALARS);
    }

    private static String name(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> pick(random, OTHER_NAMES);
            case 1 -> pick(random, KEYS) + "." + pick(random, KEYS);
            default -> pick(random, KEYS);
        };
    }

    private static String value(Random random) {
        if (random.nextInt(4) == 0) {
            return pick(random, OTHER_VALUES);
        }
        var json = scalar(random);
        return json.startsWith("\"") ? FilterTruth.json(json).textValue() : json;
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
