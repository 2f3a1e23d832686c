package io.sluice.importer.json;

import io.sluice.importer.sheet.Row.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is where a row should be.
 *
 * @param number of the row
 * @param values by name, in the order of the object
 * @param numbers names whose value is a whole number
 * @param faults what makes it no row
 */
record JsonItem(int number, Map<String, String> values, Set<String> numbers, List<Fault> faults) {
    static JsonItem wrong(int number, String why) {
        return new JsonItem(number, Map.of(), Set.of(), List.of(new Fault(null, why)));
    }
}
