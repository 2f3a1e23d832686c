package io.sluice.gateway.admin.letters.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.web.problem.FieldDifference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares two JSON objects field by field, also the fields of objects in them. */
final class Differences {
    private final List<FieldDifference> found = new ArrayList<>();

    private Differences() {}

    /** {@return the fields that differ} */
    static List<FieldDifference> between(ObjectNode newer, ObjectNode yours) {
        var differences = new Differences();
        differences.compare("", newer, yours);
        return differences.found;
    }

    private void compare(String path, ObjectNode newer, ObjectNode yours) {
        var names = new LinkedHashSet<String>();
        yours.fieldNames().forEachRemaining(names::add);
        newer.fieldNames().forEachRemaining(names::add);
        for (var name : names) {
            compare(path.isEmpty() ? name : path + "." + name, newer.get(name), yours.get(name));
        }
    }

    private void compare(String path, @Nullable JsonNode newer, @Nullable JsonNode yours) {
        if (newer instanceof ObjectNode left && yours instanceof ObjectNode right) {
            compare(path, left, right);
        } else if (newer == null || !newer.equals(yours)) {
            found.add(new FieldDifference(path, newer, yours));
        }
    }
}
