package io.sluice.gateway;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documented rules of filters a second time: looks through the JSON that was posted, number by exact number. */
final class FilterTruth {
    /** What is expected of a filter that must be refused. */
    static final Set<String> REFUSED = Set.of("refused");

    private static final ObjectMapper EXACT = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

    private final Map<String, JsonNode> posted = new TreeMap<>();

    void posted(String id, String metadata) {
        posted.put(id, json(metadata));
    }

    /** {@return the JSON with every digit of its numbers} */
    static JsonNode json(String text) {
        try {
            return EXACT.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /** {@return the ids of the products that the filter finds} */
    Set<String> expected(String filter) {
        var readings = new ArrayList<List<String>>();
        var value = split(filter, readings);
        if (value == null || readings.stream().anyMatch(keys -> keys.size() > 5) || isNoNumberOfMetadata(value)) {
            return REFUSED;
        }
        return posted.entrySet().stream()
                .filter(product -> readings.stream()
                        .flatMap(keys -> reached(product.getValue(), keys))
                        .flatMap(FilterTruth::elements)
                        .anyMatch(found -> isSame(found, value)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return the value; null when the name is none} */
    private static @Nullable String split(String filter, List<List<String>> readings) {
        var keys = new ArrayList<String>();
        var key = new StringBuilder();
        var isQuoted = false;
        var wasQuoted = false;
        var hasQuotes = false;
        for (var i = 0; i < filter.length(); i++) {
            var c = filter.charAt(i);
            if (c == '\\' || (c == '"' && (isQuoted ? key.isEmpty() : !key.isEmpty() || wasQuoted))) {
                return null;
            } else if (c == '"') {
                wasQuoted = isQuoted;
                isQuoted = !isQuoted;
                hasQuotes = true;
            } else if (isQuoted) {
                key.append(c);
            } else if (c == '.' || c == ':') {
                keys.add(key.toString());
                key.setLength(0);
                wasQuoted = false;
                if (c == ':') {
                    var name = filter.substring(0, i);
                    if (name.isEmpty() || (hasQuotes && keys.contains(""))) {
                        return null;
                    }
                    if (!hasQuotes) {
                        readings.add(List.of(name));
                    }
                    if (!keys.contains("")) {
                        readings.add(keys);
                    }
                    return filter.substring(i + 1);
                }
            } else if (wasQuoted) {
                return null;
            } else {
                key.append(c);
            }
        }
        return null;
    }

    private static Stream<JsonNode> reached(JsonNode from, List<String> keys) {
        if (keys.isEmpty()) {
            return Stream.of(from);
        }
        var rest = keys.subList(1, keys.size());
        var next = Stream.of(from)
                .filter(JsonNode::isObject)
                .flatMap(object -> Stream.ofNullable(object.get(keys.getFirst())));
        return rest.isEmpty()
                ? next
                : next.flatMap(value -> value.isArray() ? elements(value) : Stream.of(value))
                        .flatMap(value -> reached(value, rest));
    }

    private static Stream<JsonNode> elements(JsonNode value) {
        var all = new ArrayList<JsonNode>();
        if (value.isArray()) {
            value.forEach(all::add);
        } else {
            all.add(value);
        }
        return all.stream();
    }

    private static boolean isSame(JsonNode found, String value) {
        var isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return switch (found.getNodeType()) {
            case STRING ->
                found.textValue().equals(value)
                        || (isQuoted && found.textValue().equals(value.substring(1, value.length() - 1)));
            case BOOLEAN, NULL -> found.asText().equals(value);
            case NUMBER -> isNumber(value) && kept(found).compareTo(kept(json(value))) == 0;
            default -> false;
        };
    }

    private static boolean isNumber(String value) {
        return value.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")
                && Double.isFinite(Double.parseDouble(value));
    }

    /** {@return what metadata keeps of a number: a whole number of 64 bits, or else the nearest double} */
    private static BigDecimal kept(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong()
                ? number.decimalValue()
                : new BigDecimal(number.decimalValue().doubleValue());
    }

    /** Says whether a filter's number differs from what metadata keeps of it. Decimals have their shortest form. */
    private static boolean isNoNumberOfMetadata(String value) {
        if (!isNumber(value)) {
            return false;
        }
        var number = json(value);
        var exact = number.decimalValue();
        return kept(number).compareTo(exact) != 0
                && (number.isIntegralNumber()
                        || new BigDecimal(Double.toString(exact.doubleValue())).compareTo(exact) != 0);
    }
}
