package io.sluice.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.imports.MergedRows;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedKeysTest {
    private final SharedKeys keys = new SharedKeys();

    @Seeded
    @Test
    void countsAsAMapOfAllRowsDoes(Seed seed) {
        var random = seed.random();
        var last = new HashMap<String, String>();
        var expected = 0;
        for (var number = 2; number < 60_000; number++) {
            var key = "key " + random.nextInt(40_000);
            var name = "name " + random.nextInt(2);
            var before = last.put(key, name);
            expected += before == null || before.equals(name) ? 0 : 1;
            keys.add("products:" + key, row(number, Map.of("product_id", key, "name", name)));
        }

        assertThat(keys.merged()).isEqualTo(expected).isPositive();
        assertThat(keys.first()).hasSize(10);
    }

    @Test
    void namesTheFirstTenKeysAndTheirFirstTenRows() {
        for (var number = 2; number < 1_000; number++) {
            keys.add("products:" + number % 20, row(number, Map.of("name", "" + number)));
        }

        assertThat(keys.merged()).isEqualTo(998 - 20);
        assertThat(keys.first()).hasSize(10);
        assertThat(keys.first().getFirst())
                .isEqualTo(new MergedRows(
                        "2", IntStream.range(0, 10).map(i -> 2 + 20 * i).boxed().toList()));
    }

    @Test
    void theOrderOfTheFieldsMakesNoDifferenceAndTheirNamesDo() {
        var forth = new LinkedHashMap<>(Map.of("a", "1"));
        forth.put("b", "2");
        var back = new LinkedHashMap<>(Map.of("b", "2"));
        back.put("a", "1");

        keys.add("products:p", row(2, forth));
        keys.add("products:p", row(3, back));
        assertThat(keys.merged()).isZero();
        keys.add("products:p", row(4, Map.of("a", "2", "b", "1")));
        keys.add("products:p", row(5, Map.of("a", "2")));

        assertThat(keys.first()).isEqualTo(new ArrayList<>(List.of(new MergedRows("p", List.of(2, 4, 5)))));
    }

    private static Data row(int number, Map<String, String> fields) {
        return new Data("products", "i", number, fields);
    }
}
