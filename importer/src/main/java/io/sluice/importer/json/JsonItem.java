package io.sluice.importer.json;

import io.sluice.importer.sheet.Row.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One item of a JSON file: an object that is a row, or something that is none.
 *
 * @param number of the row
 * @param values by name, in the order of the object
 * @param numbers names whose value is a whole number
 * @param faults why it is no row
 */
record JsonItem(int number, Map<String, String> values, Set<String> numbers, List<Fault> faults) {
    static JsonItem wrong(int number, String why) {
        return new JsonItem(number, Map.of(), Set.of(), List.of(new Fault(null, why)));
    }
}
